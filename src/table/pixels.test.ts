import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { readPictureHeader } from "./picture-header";
import { rgba } from "./pixels";

type Png = Parameters<typeof encode>[0];

/** A palette PNG by hand: fast-png writes none. Filter 0, stored deflate blocks, `depth` bits an index. */
function chunk(type: string, body: number[]): number[] {
  const typed = [...new TextEncoder().encode(type), ...body];
  return [...u32(body.length), ...typed, ...u32(0)]; // the decoder does not check the CRC
}
const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];

function rawPng(
  header: { width: number; height: number; depth: number; colour: number },
  lines: number[][],
  extra: number[] = [],
) {
  const raw = lines.flatMap((line) => [0, ...line]);
  let a = 1;
  let b = 0;
  for (const byte of raw) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  const size = [raw.length & 255, raw.length >> 8];
  const stored = [0x78, 1, 1, ...size, ...size.map((byte) => byte ^ 255), ...raw, ...u32(((b << 16) | a) >>> 0)];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
    ...chunk("IHDR", [...u32(header.width), ...u32(header.height), header.depth, header.colour, 0, 0, 0]),
    ...extra,
    ...chunk("IDAT", stored),
    ...chunk("IEND", []),
  ]);
}

const pixel = (data: Uint8ClampedArray, size: number, x: number, y: number) =>
  Array.from(data.subarray((y * size + x) * 4, (y * size + x) * 4 + 4));

const picture = (png: Png) => encode(png);

describe("rgba", () => {
  it("returns the very pixels of a PNG that has the size already", async () => {
    const data = Uint8Array.from({ length: 4 * 4 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) % 256));
    expect(Array.from(await rgba(picture({ width: 4, height: 4, data, channels: 4 }), 4))).toEqual(Array.from(data));
  });

  it("weights colours by alpha: a see-through pixel does not darken its neighbour", async () => {
    const data = Uint8Array.from([200, 100, 50, 255, 0, 0, 0, 0, 200, 100, 50, 255, 0, 0, 0, 0]);
    const out = await rgba(picture({ width: 2, height: 2, data, channels: 4 }), 1);
    expect(Array.from(out)).toEqual([200, 100, 50, 128]);
  });

  it("averages the area: 4 x 4 to 2 x 2 is the mean of each quarter, 3 x 3 to 2 x 2 shares the middle", async () => {
    const four = Uint8Array.from({ length: 16 }, (_, i) => i * 10);
    const out = await rgba(picture({ width: 4, height: 4, data: four, channels: 1 }), 2);
    expect([0, 1, 2, 3].map((i) => out[i * 4])).toEqual([25, 45, 105, 125]);
    const three = Uint8Array.from([0, 90, 180, 0, 90, 180, 0, 90, 180]);
    const halves = await rgba(picture({ width: 3, height: 3, data: three, channels: 1 }), 2);
    expect([0, 1].map((i) => halves[i * 4])).toEqual([30, 150]);
  });

  it("keeps the aspect: a wide picture is centred with see-through bars", async () => {
    const data = new Uint8Array(8 * 4 * 3).fill(255);
    const out = await rgba(picture({ width: 8, height: 4, data, channels: 3 }), 4);
    expect(pixel(out, 4, 0, 0)).toEqual([0, 0, 0, 0]);
    expect(pixel(out, 4, 0, 1)).toEqual([255, 255, 255, 255]);
    expect(pixel(out, 4, 3, 2)).toEqual([255, 255, 255, 255]);
    expect(pixel(out, 4, 3, 3)).toEqual([0, 0, 0, 0]);
  });

  it("stretches a small picture", async () => {
    const data = Uint8Array.from([0, 255]);
    const out = await rgba(picture({ width: 2, height: 1, data, channels: 1 }), 4);
    expect([0, 1, 2, 3].map((x) => pixel(out, 4, x, 1)[0])).toEqual([0, 0, 255, 255]);
  });

  it("reads 16-bit, grey and grey + alpha", async () => {
    const deep = picture({ width: 1, height: 1, data: Uint16Array.from([65535, 32896, 0]), channels: 3, depth: 16 });
    expect(Array.from(await rgba(deep, 1))).toEqual([255, 128, 0, 255]);
    const greyAlpha = picture({ width: 1, height: 1, data: Uint8Array.from([77, 51]), channels: 2 });
    expect(Array.from(await rgba(greyAlpha, 1))).toEqual([77, 77, 77, 51]);
  });

  it("reads a 2-bit palette with transparency, rows padded to whole bytes", async () => {
    const extra = [...chunk("PLTE", [255, 0, 0, 0, 255, 0, 0, 0, 255]), ...chunk("tRNS", [255, 128])];
    const png = rawPng({ width: 3, height: 2, depth: 2, colour: 3 }, [[0b00_01_10_00], [0b10_01_00_00]], extra);
    const out = await rgba(png, 3);
    // 3 x 2 in 3 x 3: no bar above (floor), one below
    expect(pixel(out, 3, 0, 0)).toEqual([255, 0, 0, 255]);
    expect(pixel(out, 3, 1, 0)).toEqual([0, 255, 0, 128]);
    expect(pixel(out, 3, 2, 0)).toEqual([0, 0, 255, 255]);
    expect(pixel(out, 3, 0, 1)).toEqual([0, 0, 255, 255]);
    expect(pixel(out, 3, 0, 2)).toEqual([0, 0, 0, 0]);
  });

  it("reads 1-bit grey, and the one colour that tRNS makes see-through", async () => {
    const grey = rawPng({ width: 2, height: 1, depth: 1, colour: 0 }, [[0b1000_0000]]);
    expect(Array.from((await rgba(grey, 2)).subarray(0, 8))).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
    // Three pixels wide: fast-png refuses a tRNS of three samples in a picture of fewer pixels.
    const lines = [[1, 2, 3, 4, 5, 6, 1, 2, 4]];
    const keyed = rawPng({ width: 3, height: 1, depth: 8, colour: 2 }, lines, chunk("tRNS", [0, 1, 0, 2, 0, 3]));
    const out = await rgba(keyed, 3);
    expect([0, 1, 2].map((x) => pixel(out, 3, x, 1))).toEqual([
      [0, 0, 0, 0],
      [4, 5, 6, 255],
      [1, 2, 4, 255],
    ]);
  });

  it("reads interlaced pictures like plain ones, and refuses interlaced ones below 8 bits", async () => {
    const data = Uint8Array.from({ length: 9 * 9 * 3 }, (_, i) => (i * 11) % 256);
    const png = { width: 9, height: 9, data, channels: 3 };
    expect(await rgba(encode(png, { interlace: "Adam7" }), 9)).toEqual(await rgba(encode(png), 9));
    const shallow = rawPng({ width: 2, height: 1, depth: 1, colour: 0 }, [[0b1000_0000]]);
    shallow[28] = 1;
    await expect(rgba(shallow, 2)).rejects.toMatchObject({ code: "picture-unreadable" });
  });

  it("refuses more than 16 megapixels by the header alone", async () => {
    const bomb = rawPng({ width: 5000, height: 4000, depth: 8, colour: 2 }, [[0]]);
    await expect(rgba(bomb, 8)).rejects.toMatchObject({ code: "picture-too-large" });
  });

  it("names what is wrong with damaged, unknown and empty bytes, and with a size", async () => {
    const good = picture({ width: 8, height: 8, data: new Uint8Array(64), channels: 1 });
    await expect(rgba(good.subarray(0, 45), 4)).rejects.toMatchObject({ code: "picture-unreadable" });
    await expect(rgba(good.subarray(0, 10), 4)).rejects.toMatchObject({ code: "picture-unreadable" });
    await expect(rgba(new TextEncoder().encode("<svg/>"), 4)).rejects.toThrow("3c 73 76 67");
    await expect(rgba(new Uint8Array(0), 4)).rejects.toThrow("empty");
    await expect(rgba(good, 0)).rejects.toMatchObject({ code: "invalid" });
  });

  it("says so where there is no browser to decode a JPEG", async () => {
    const jpeg = Uint8Array.from([
      0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0,
    ]);
    expect(readPictureHeader(jpeg)).toEqual({ format: "jpeg", width: 30, height: 20 });
    await expect(rgba(jpeg, 4)).rejects.toMatchObject({ code: "picture-format" });
  });
});

describe("readPictureHeader", () => {
  const ascii = (text: string) => Array.from(new TextEncoder().encode(text));

  it("reads GIF and the three kinds of WebP", () => {
    expect(readPictureHeader(Uint8Array.from([...ascii("GIF89a"), 44, 1, 200, 0]))).toEqual({
      format: "gif",
      width: 300,
      height: 200,
    });
    const riff = (kind: string, body: number[]) =>
      Uint8Array.from([...ascii("RIFF"), 0, 0, 0, 0, ...ascii("WEBP"), ...ascii(kind), 0, 0, 0, 0, ...body]);
    expect(readPictureHeader(riff("VP8X", [0, 0, 0, 0, 43, 1, 0, 199, 0, 0]))).toEqual({
      format: "webp",
      width: 300,
      height: 200,
    });
    expect(readPictureHeader(riff("VP8 ", [0, 0, 0, 0x9d, 0x01, 0x2a, 44, 1, 200, 0]))).toEqual({
      format: "webp",
      width: 300,
      height: 200,
    });
    const bits = 299 | (199 << 14);
    expect(
      readPictureHeader(riff("VP8L", [0x2f, bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, bits >>> 24])),
    ).toEqual({ format: "webp", width: 300, height: 200 });
  });
});
