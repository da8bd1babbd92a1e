import { zlibSync } from "fflate";

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

/**
 * An 8-bit RGBA PNG (PNG specification, third edition) of straight-alpha pixels. Filter 0 on every line: on these small
 * flat drawings it made files 30 to 40 % smaller than resvg's own encoder. fflate, not node:zlib, because Chromium's
 * zlib inside Node picks its hash by the processor's instructions and the bytes have to be the same on every machine. `mem: 1`
 * keeps its tables small: the same bytes for such small pictures in a third of the time.
 *
 * @param rgba width * height * 4 bytes, not premultiplied
 */
export function encodePng(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const line = width * 4;
  const raw = new Uint8Array((line + 1) * height);
  for (let y = 0; y < height; y++) raw.set(rgba.subarray(y * line, (y + 1) * line), y * (line + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  header[9] = 6;
  const parts = [
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(raw, { level: 9, mem: 1 })),
    chunk("IEND", new Uint8Array()),
  ];
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
