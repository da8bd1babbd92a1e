import fc from "fast-check";
import { decode } from "fast-png";
import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readPlainPng } from "./plain-png";

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
type Colour = keyof typeof CHANNELS;

const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const chunk = (type: string, body: ArrayLike<number>) => [
  ...u32(body.length),
  ...new TextEncoder().encode(type),
  ...Array.from(body),
  ...u32(0), // neither decoder checks the CRC
];

interface Made {
  width: number;
  colour: Colour;
  /** Per row: its filter, and what is stored behind it. */
  rows: { filter: number; stored: number[] }[];
  extra?: number[];
  pieces?: number;
}

function png({ width, colour, rows, extra = [], pieces = 1 }: Made): Uint8Array {
  const data = zlibSync(Uint8Array.from(rows.flatMap(({ filter, stored }) => [filter, ...stored])));
  const size = Math.ceil(data.length / pieces);
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
    ...chunk("IHDR", [...u32(width), ...u32(rows.length), 8, colour, 0, 0, 0]),
    ...extra,
    ...Array.from({ length: pieces }, (_, i) => chunk("IDAT", data.subarray(i * size, (i + 1) * size))).flat(),
    ...chunk("IEND", []),
  ]);
}

const palette = chunk(
  "PLTE",
  Array.from({ length: 768 }, (_, i) => (i * 7) % 256),
);
const alphas = chunk(
  "tRNS",
  Array.from({ length: 100 }, (_, i) => i),
);

describe("a plain PNG", () => {
  it("of any colour type and any filter is what fast-png reads", () => {
    const made = fc
      .tuple(fc.constantFrom<Colour>(0, 2, 3, 4, 6), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }))
      .chain(([colour, width, pieces]) => {
        const stored = fc.array(fc.integer({ min: 0, max: 255 }), {
          minLength: width * CHANNELS[colour],
          maxLength: width * CHANNELS[colour],
        });
        const rows = fc.array(fc.record({ filter: fc.integer({ min: 0, max: 4 }), stored }), {
          minLength: 1,
          maxLength: 6,
        });
        return fc.record({ colour: fc.constant(colour), width: fc.constant(width), rows, pieces: fc.constant(pieces) });
      });
    fc.assert(
      fc.property(made, fc.boolean(), (given, isSeeThrough) => {
        const extra = given.colour === 3 ? [...palette, ...(isSeeThrough ? alphas : [])] : [];
        const bytes = png({ ...given, extra });
        const expected = decode(bytes);
        const read = readPlainPng(bytes);
        expect(Array.from(read?.data ?? [])).toEqual(Array.from(expected.data));
        expect(read).toMatchObject({ width: expected.width, height: expected.height, channels: expected.channels });
        expect(read?.palette).toEqual(expected.palette);
      }),
      { numRuns: 300 },
    );
  });

  it("undoes each filter", () => {
    // Two rows of two grey pixels: 10 and 30 above, 25 and 35 below.
    const below = [
      [25, 35], // none
      [25, 10], // left: 35 - 25
      [15, 5], // above: 25 - 10, 35 - 30
      [20, 8], // half of left and above: 25 - 5, 35 - (25 + 30 >> 1)
      [15, 5], // Paeth: 10 above is nearest to 10; 30 above is nearer to 25 + 30 - 10 than 25 and 10
    ];
    for (const [filter, stored] of below.entries()) {
      const rows = [
        { filter: 0, stored: [10, 30] },
        { filter, stored },
      ];
      expect(Array.from(readPlainPng(png({ width: 2, colour: 0, rows }))?.data ?? [])).toEqual([10, 30, 25, 35]);
    }
  });

  it("may have one colour that is see-through", () => {
    const rows = [{ filter: 0, stored: [1, 2, 3] }];
    const keyed = png({ width: 1, colour: 2, rows, extra: chunk("tRNS", [0, 1, 0, 2, 1, 3]) });
    expect(readPlainPng(keyed)?.transparency).toEqual(Uint16Array.of(1, 2, 259));
  });
});

describe("left to others is", () => {
  const rows = [
    { filter: 0, stored: [1, 2] },
    { filter: 4, stored: [3, 4] },
  ];
  const good = png({ width: 2, colour: 0, rows });
  const changed = (at: number, value: number) => good.with(at, value);

  it.each([
    ["another depth", changed(24, 16)],
    ["an unknown colour type", changed(25, 5)],
    ["an unknown compression", changed(26, 1)],
    ["interlacing", changed(28, 1)],
    ["more rows than there are", changed(23, 3)],
    ["fewer rows than there are", changed(23, 1)],
    ["no width", changed(19, 0)],
    ["an unknown filter", png({ width: 2, colour: 0, rows: [{ filter: 5, stored: [1, 2] }] })],
    ["a palette that is missing", png({ width: 2, colour: 3, rows })],
    ["more alphas than colours", png({ width: 2, colour: 3, rows, extra: [...chunk("PLTE", [1, 2, 3]), ...alphas] })],
    ["a see-through colour beside alphas", png({ width: 1, colour: 4, rows, extra: chunk("tRNS", [0, 1]) })],
    ["an animation", png({ width: 2, colour: 0, rows, extra: chunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0]) })],
    ["no PNG", new TextEncoder().encode("<svg>".repeat(20))],
  ])("%s", (_, bytes) => expect(readPlainPng(bytes)).toBeUndefined());

  it("a file that ends early, wherever it does", () => {
    expect(readPlainPng(good)).toBeDefined();
    for (let end = 0; end < good.length; end++) expect(readPlainPng(good.subarray(0, end))).toBeUndefined();
  });

  it("data that inflates to far more than the picture holds", () => {
    const bomb = png({
      width: 1,
      colour: 0,
      rows: Array.from({ length: 1 }, () => ({ filter: 0, stored: Array(3e6).fill(0) })),
    });
    expect(readPlainPng(bomb)).toBeUndefined();
  });
});
