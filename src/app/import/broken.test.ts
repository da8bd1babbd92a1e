import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeEach, describe, expect, it } from "vitest";
import { converterInNode, importerInNode } from "../../../tools/engine-in-node";
import { encodePng } from "../../../tools/samples/png";
import { Fault } from "../../base";
import type { Converter } from "../../data";
import { tableFromArrow } from "../../table";
import type { SplitName } from "../../tasks";
import { type BroughtTask, createImportSession } from "./session";

// Files that are damaged, or that the engine cannot read, each made here: all of them end in a fault that names them, or in
// a task whose page tells what was wrong. Nothing else comes out: no crash, no half of a task.
let converter: Converter;
beforeEach(async () => {
  converter = await converterInNode();
});

async function bring(file: File, label = "label"): Promise<BroughtTask> {
  const session = createImportSession({}, { importer: importerInNode(), converter: () => converter });
  try {
    await session.add("train", file, label);
    return await session.make({ title: "Broken", track: "classification", label }, "broken");
  } finally {
    session.dispose();
  }
}

const refusal = (file: File): Promise<unknown> =>
  bring(file).then(
    () => "no fault",
    (error: unknown) =>
      error instanceof Fault ? { code: error.code, message: error.message, hint: error.hint } : error,
  );

async function parquet(sql: string, options = ""): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(mkdtempSync(join(tmpdir(), "broken-")), "b.parquet");
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await connection.run(`copy (${sql}) to '${path}' (format parquet${options})`);
  connection.closeSync();
  return new Uint8Array(readFileSync(path));
}

const named = (bytes: Uint8Array<ArrayBuffer> | string, name: string): File => new File([bytes], name);
const PLAIN = "select range as id, 'word ' || range % 7 as w, range * 0.5 as x, range % 2 as label from range(1000)";

/** Replaces a number in the file's last part, as Thrift's compact protocol writes it; tells how often it stood there. */
function replaceInFooter(bytes: Uint8Array<ArrayBuffer>, from: number, to: number, most = Number.POSITIVE_INFINITY) {
  const varint = (value: number): number[] => {
    const zigzag = value * 2;
    const out: number[] = [];
    for (let rest = zigzag; ; rest = Math.floor(rest / 128)) {
      out.push((rest % 128) | (rest >= 128 ? 128 : 0));
      if (rest < 128) return out;
    }
  };
  const [was, is] = [varint(from), varint(to)];
  expect(is).toHaveLength(was.length);
  const copy = bytes.slice();
  const length = new DataView(copy.buffer).getUint32(copy.length - 8, true);
  let found = 0;
  for (let at = copy.length - 8 - length; at < copy.length - 8 && found < most; at++) {
    if (!was.every((byte, i) => copy[at + i] === byte)) continue;
    copy.set(is, at);
    found++;
  }
  return { bytes: copy, found };
}

describe("Parquet", () => {
  it("cut off, anywhere", async () => {
    const whole = await parquet(PLAIN);
    for (const length of [0, 3, 4, 11, 12, 200, whole.length >> 1, whole.length - 9, whole.length - 1])
      expect(await refusal(named(whole.slice(0, length), "cut.parquet")), `${length} bytes`).toMatchObject({
        code: expect.stringMatching(/^file-(?:damaged|empty|binary|kind)$/),
        message: expect.stringContaining("cut.parquet"),
      });
  });

  it("with the wrong letters at its beginning or its end", async () => {
    const whole = await parquet(PLAIN);
    const head = whole.slice();
    head.set([0x50, 0x41, 0x52, 0x45]); // PARE: encrypted
    const tail = whole.slice();
    tail.set([0, 0, 0, 0], whole.length - 4);
    for (const bytes of [head, tail])
      expect(await refusal(named(bytes, "magic.parquet"))).toMatchObject({
        code: expect.stringMatching(/^file-/),
        message: expect.stringContaining("magic.parquet"),
      });
  });

  it("with counts of rows that lie, in the file's head or in its groups", async () => {
    const whole = await parquet(PLAIN);
    for (const [to, most] of [
      [1001, 1],
      [2000, 1],
      [500, 1],
      [1001, Number.POSITIVE_INFINITY],
      [2000, Number.POSITIVE_INFINITY],
      [500, Number.POSITIVE_INFINITY],
    ]) {
      const { bytes, found } = replaceInFooter(whole, 1000, to, most);
      expect(found).toBeGreaterThan(0);
      expect(await refusal(named(bytes, "lies.parquet")), `${to}, ${found} places`).toMatchObject({
        code: "file-damaged",
        message: expect.stringContaining("lies.parquet"),
      });
    }
  });

  it("with any single byte changed: a fault, or a task with all its rows", async () => {
    const whole = await parquet(
      "select range as id, 'word ' || range % 7 as w, range * 0.5 as x, range % 2 as label from range(60)",
      ", compression uncompressed",
    );
    const outcomes = { faults: 0, tasks: 0 };
    for (let at = 0; at < whole.length; at += 31) {
      const bytes = whole.slice();
      bytes[at] ^= 0x55;
      const name = `byte-${at}.parquet`;
      try {
        const { manifest, files } = await bring(named(bytes, name));
        const rows = Object.values(manifest.splits).reduce((sum, split) => sum + split.rows, 0);
        expect(rows, name).toBe(60);
        expect(files.size, name).toBe(4);
        outcomes.tasks++;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        expect(error.hint ?? error.message, name).toBeTruthy();
        outcomes.faults++;
        if (error.code === "file-damaged") converter = await converterInNode();
      }
    }
    expect(outcomes.faults).toBeGreaterThan(10);
    expect(outcomes.tasks).toBeGreaterThan(10);
  }, 120_000);

  it.each(["lz4", "brotli"])("packed with %s, which the engine lacks", async (codec) => {
    expect(await refusal(named(await parquet(PLAIN, `, compression ${codec}`), "codec.parquet"))).toMatchObject({
      code: "file-unsupported",
      hint: expect.stringContaining("zstd"),
    });
  });

  it("in encodings younger than the engine: the values are those that were written", async () => {
    // Version 2 writes numbers as BYTE_STREAM_SPLIT and DELTA_BINARY_PACKED.
    const bytes = await parquet(
      "select range as id, (range * 0.37)::float as x, range * 1.1 as y, range % 2 as label from range(3000)",
      ", parquet_version v2, dictionary_size_limit 1",
    );
    await converter.load({ table: "young", file: "young.parquet", format: "parquet", bytes });
    const { columns } = await tableFromArrow(
      await converter.query(
        "select count(*)::double, count(distinct x)::double, max(abs(x - (id * 0.37)::float))::double, max(abs(y - id * 1.1))::double from young",
      ),
    );
    const [rows, different, offX, offY] = columns.map(({ values }) => Number(values[0]));
    expect([rows, different]).toEqual([3000, 3000]);
    expect(offX).toBeLessThan(1e-3);
    expect(offY).toBeLessThan(1e-9);
  });

  it("with nested columns: they are ignored, by a rule that says so", async () => {
    const sql = `select range as id, 'word ' || range % 7 as w, [{'a': range, 'b': [1, 2]}] as deep, map([range], ['x']) as m, range % 2 as label from range(90)`;
    const { manifest } = await bring(named(await parquet(sql), "nested.parquet"));
    expect(manifest.columns.map((column) => column.name)).toEqual(["w"]);
    expect(manifest.description).toMatch(/deep \(.*nested/i);
  });

  it("with 10,000 columns", async () => {
    const columns = Array.from({ length: 10_000 }, (_, i) => `${i} as c${i}`).join(", ");
    expect(await refusal(named(await parquet(`select ${columns}, 1 as label`), "wide.parquet"))).toMatchObject({
      code: "file-columns",
      message: expect.stringContaining("10,001 columns"),
    });
  });

  it("without rows", async () => {
    expect(await refusal(named(await parquet(`${PLAIN.replace("1000", "0")}`), "none.parquet"))).toMatchObject({
      code: "file-empty",
    });
  });
});

describe("CSV", () => {
  const rows = (count: number, line: (i: number) => string): string =>
    ["x,label", ...Array.from({ length: count }, (_, i) => line(i))].join("\n");

  it("in two encodings: read, and the odd lines told", async () => {
    const text = new TextEncoder().encode(rows(60, (i) => `thé ${i % 9},${i % 2}`));
    const odd = Uint8Array.from("caf\u00e9,1\n", (letter) => letter.charCodeAt(0));
    const bytes = new Uint8Array([...text, 10, ...odd]);
    const { warnings } = await bring(named(bytes, "two.csv"));
    expect(warnings.join()).toMatch(/two\.csv.*line 62/);
  });

  it("with a NUL in it", async () => {
    expect(
      await refusal(
        named(
          rows(9, (i) => (i === 4 ? "\0,1" : `${i},0`)),
          "nul.csv",
        ),
      ),
    ).toMatchObject({
      message: expect.stringMatching(/nul\.csv.*line 6/s),
    });
  });

  it("with a line of 100 MB", async () => {
    const long = new Blob([rows(30, (i) => `a${i},${i % 2}`), "\n", "y".repeat(100_000_000), ",1\n"]);
    expect(await refusal(new File([long], "long.csv"))).toMatchObject({
      code: expect.stringMatching(/^(?:csv|file|import)-/),
      message: expect.stringMatching(/long\.csv.*line 32/s),
    });
  });

  it.each([
    ["a quote that is never closed", 'x,label\n1,a\n"2,b\n3,a\n4,b\n', /line 3/],
    ["a header with a name twice", "x,x,label\n1,2,a\n", /"x"/],
    ["a header that is empty", "\n1,a\n2,b\n", /q\.csv/],
  ])("with %s", async (_, text, words) => {
    expect(await refusal(named(text, "q.csv"))).toMatchObject({ message: expect.stringMatching(words) });
  });
});

describe("pictures", () => {
  const png = encodePng(new Uint8Array(16).fill(200), 2, 2);
  const header = (width: number, height: number): Uint8Array => {
    const bytes = png.slice();
    const view = new DataView(bytes.buffer);
    view.setUint32(16, width);
    view.setUint32(20, height);
    return bytes;
  };
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const bad: [string, Uint8Array, RegExp][] = [
    ["cut off", png.slice(0, png.length - 20), /cut off after \d+ bytes/],
    ["of 30,000 x 30,000 pixels", header(30_000, 30_000), /30000 x 30000 pixels/],
    ["that are SVG with a script", svg, /SVG drawing/],
  ];
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

  it.each(bad)("%s count as missing and are told, in Parquet", async (_, bytes, words) => {
    const sql = `select range as id, from_base64(case when range = 5 then '${base64(bytes)}' else '${base64(png)}' end) as photo,
      range % 2 as label from range(40)`;
    const { manifest, warnings } = await bring(named(await parquet(sql), "p.parquet"));
    expect(manifest.columns).toMatchObject([{ name: "photo", modality: "image" }]);
    expect(warnings.join()).toMatch(words);
    expect(warnings.join()).toMatch(/1 picture of "photo" in p\.parquet .*row 6/);
  });

  it.each(bad)("%s count as missing and are told, in CSV", async (_, bytes, words) => {
    const lines = Array.from(
      { length: 40 },
      (__, i) => `${i},"data:image/png;base64,${base64(i === 5 ? bytes : png)}",${i % 2}`,
    );
    const task = await bring(named(["id,photo,label", ...lines].join("\n"), "p.csv"));
    expect(task.warnings.join()).toMatch(words);
    expect(task.warnings.join()).toMatch(/1 picture of "photo" in p\.csv .*line 7/);
    let missing = 0;
    for (const split of ["train", "validation", "test"] satisfies SplitName[]) {
      await converter.load({
        table: split,
        file: split,
        format: "parquet",
        bytes: task.files.get(`${split}.parquet`) ?? new Uint8Array(),
      });
      const csv = await converter.csv(`select count(*) - count(photo) as missing from ${split}`);
      missing += Number(new TextDecoder().decode(csv.bytes).split("\n")[1]);
    }
    expect(missing).toBe(1);
  });
});
