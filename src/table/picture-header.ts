import { Fault } from "../base";

export type PictureFormat = "png" | "jpeg" | "webp" | "gif";

export interface PictureHeader {
  format: PictureFormat;
  width: number;
  height: number;
}

/**
 * Format and size in pixels of an encoded picture, read from its first bytes without decoding it.
 * @throws Fault `picture-unreadable` when the bytes are no PNG, JPEG, WebP or GIF, or end inside the header
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view);
    if (header && header.width > 0 && header.height > 0) return header;
  } catch (error) {
    // A DataView throws RangeError past its end: the file is cut off.
    if (!(error instanceof RangeError)) throw error;
    throw unreadable("it ends inside its header", error);
  }
  throw unreadable(`it starts with ${firstBytes(bytes)}`);
}

function png(view: DataView): PictureHeader | undefined {
  if (view.byteLength < 4 || view.getUint32(0) !== 0x89504e47) return undefined;
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): PictureHeader | undefined {
  if (view.byteLength < 4 || view.getUint32(0) !== 0x47494638) return undefined;
  return { format: "gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** The three bitstreams of the WebP container: `VP8 ` (lossy), `VP8L` (lossless), `VP8X` (extended). */
function webp(view: DataView): PictureHeader | undefined {
  if (view.byteLength < 12 || view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) return undefined;
  const stream = view.getUint32(12);
  if (stream === 0x56503820) {
    return { format: "webp", width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (stream === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { format: "webp", width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (stream !== 0x56503858) return undefined;
  const at = (offset: number) => (view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16)) + 1;
  return { format: "webp", width: at(24), height: at(27) };
}

/** Walks the JPEG's segments to the frame header (SOF0 to SOF15, without DHT, JPG and DAC), which holds the size. */
function jpeg(view: DataView): PictureHeader | undefined {
  if (view.byteLength < 2 || view.getUint16(0) !== 0xffd8) return undefined;
  let offset = 2;
  for (;;) {
    while (view.getUint8(offset) !== 0xff) offset++;
    while (view.getUint8(offset) === 0xff) offset++;
    const marker = view.getUint8(offset++);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { format: "jpeg", height: view.getUint16(offset + 3), width: view.getUint16(offset + 5) };
    const hasBody = marker !== 0x01 && (marker < 0xd0 || marker > 0xd7);
    if (hasBody) offset += Math.max(2, view.getUint16(offset));
  }
}

function unreadable(reason: string, cause?: unknown): Fault {
  return new Fault("picture-unreadable", `Cannot read a picture: ${reason}`, {
    hint: "Pictures are encoded PNG, JPEG, WebP or GIF bytes.",
    cause,
  });
}

function firstBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "nothing: it is empty";
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
