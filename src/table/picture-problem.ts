import { Fault } from "../base";
import { type PictureFormat, readPictureHeader } from "./picture-header";
import { MOST_PIXELS } from "./pixels";

/**
 * What keeps a page from showing encoded bytes as a picture, as a few words; `undefined` where nothing does. It is not
 * decoded: a picture that is whole and damaged inside is found when it is drawn.
 */
export function pictureProblem(bytes: Uint8Array): string | undefined {
  if (isMarkup(bytes)) return "an SVG drawing or other markup, which may hold scripts";
  try {
    const { format, width, height } = readPictureHeader(bytes);
    if (width * height > MOST_PIXELS) return `${width} x ${height} pixels`;
    return isWhole(bytes, format) ? undefined : `cut off after ${bytes.length.toLocaleString("en")} bytes`;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.message.replace(/^.*?: /, "");
  }
}

function isMarkup(bytes: Uint8Array): boolean {
  const head = new TextDecoder("utf-8", { fatal: false }).decode(bytes.subarray(0, 200));
  return /^\s*<(?:\?xml|!doctype|!--|svg|html)/i.test(head);
}

/** So far from the end its mark may stand: some programs write something after it. */
const TRAILER = 4096;

function isWhole(bytes: Uint8Array, format: PictureFormat): boolean {
  switch (format) {
    case "png":
      return hasEndChunk(bytes);
    case "jpeg":
      return endsWith(bytes, [0xff, 0xd9]);
    case "gif":
      return endsWith(bytes, [0x3b]);
    case "webp":
      return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8 <= bytes.length;
  }
}

/** Walks the chunks of a PNG to the one that ends it. */
function hasEndChunk(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49454e44) return true;
    at += 12 + length;
  }
  return false;
}

function endsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  for (let at = bytes.length - mark.length; at >= Math.max(0, bytes.length - TRAILER); at--)
    if (mark.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
}
