import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { beforeAll, describe, expect, it } from "vitest";
import { namesRead } from "../../data";
import { createSession, type Session } from "../../data/session";
import { rowsOf, type Table, tableFromArrow } from "../../table";
import { readManifest, SPLIT_NAMES, type SplitName } from "../manifest";
import { balanceCells, balanceSql, isMatch, labelFilter, splitCells } from "./balance";
import { agreementCells, histogramCells, strengthCells, strengthsCells, summaryCells, valuesCells } from "./cells";
import { colourCells, exampleCells, factCells, repeatedCells, thumbnailCells } from "./fact-cells";
import { agreementFilter, binFilter, missingFilter, valuesFilter } from "./filter";
import { type Frame, frameOf, type ProfiledColumn, valueSql } from "./frame";
import { type MeasureProfile, measureSql, QUANTILES } from "./measures";
import { pictureSampleSql } from "./pictures";
import { type ColumnProfile, createProfiler, drawingsOf, type Profiler } from "./profiler";
import { measureShiftCells, valueShiftCells } from "./shift-cells";
import { SCRIPTS } from "./texts";

// The real engine, in Node: the same DuckDB 0.9.1 as in the browser.
const require = createRequire(import.meta.url);
const never = new AbortController().signal;

let bindings: Blocking.DuckDBBindings;

beforeAll(async () => {
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  bindings = await created.instantiate(() => {});
});

interface Opened {
  frame: Frame;
  profiler: Profiler;
  rows: (sql: string) => Promise<Record<string, unknown>[]>;
}

const HASH = "0".repeat(64);
const SPLIT = { rows: 1, parquet: "x.parquet", csv: "x.csv", sha256: { parquet: HASH, csv: HASH } };

async function open(task: object, tables: Record<SplitName, string>): Promise<Opened> {
  const session: Session = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
  for (const split of SPLIT_NAMES) await session.keep(split, tables[split], [], never);
  session.lock();
  const query = async (sql: string): Promise<Table> =>
    tableFromArrow(await session.query(sql, [...SPLIT_NAMES], never));
  const rows = async (sql: string) => rowsOf(await query(sql));
  const columns = (await rows("describe train")).map((row) => ({
    name: String(row.column_name),
    type: String(row.column_type),
  }));
  const manifest = readManifest(
    {
      format: "polytab-task/1",
      id: "toys",
      title: "Toys",
      description: "",
      licence: "CC0-1.0",
      attribution: [],
      source: "",
      splits: { train: SPLIT, validation: SPLIT, test: SPLIT },
      ...task,
    },
    "task.json",
  );
  const frame = frameOf(manifest, columns);
  return { frame, profiler: createProfiler(frame, query), rows };
}

/** A picture's header and some bytes that tell pictures apart; a PNG of 8 x 5 px, or nothing known. */
const png = (i: string, width = 8): string =>
  `('\\x89PNG\\x0D\\x0A\\x1A\\x0A\\x00\\x00\\x00\\x0DIHDR\\x00\\x00\\x00\\x0${width}\\x00\\x00\\x00\\x05' || (${i})::varchar)::blob`;

const toy = (from: number, count: number, label: boolean): string => `
select 'r' || i as id,
  case when i % 11 = 0 then null when i % 13 = 0 then 'nan'::double else (h % 2000)::double / 100 - 6 end as price,
  (case when h % 3 = 0 then pow(1.6, h % 15) else 0 end)::integer as sold,
  (10 + h % 25)::double / 100 as ratio,
  case when i % 17 = 0 then null else chr((65 + least(h % 40, h % 29))::integer) end as kind,
  ${label ? "'code ' || (h % 3)" : "'code ' || (i % 5)"} as code,
  case when i % 19 = 0 then null when i % 23 = 0 then '' when i % 7 = 0 then 'Über ' || (i % 40) else 'red  toy it''s ' || (h % 50) end as name,
  case when i % 9 = 0 then null when i % 50 = 1 then {'bytes': 'no picture'::blob, 'path': null::varchar}
    else {'bytes': case when i % 2 = 0 then ${png("i % 60")} else ${png("i % 60", 9)} end, 'path': null::varchar} end as image
  ${label ? ", 'class ' || (h % 3) as label" : ""}
from (select range as i, hash(range) >> 8 as h from range(${from}, ${from + count}))`;

const COLUMNS = [
  { name: "price", modality: "numeric" },
  { name: "sold", modality: "numeric" },
  { name: "ratio", modality: "numeric" },
  { name: "kind", modality: "categorical" },
  { name: "code", modality: "categorical" },
  { name: "name", modality: "text" },
  { name: "image", modality: "image" },
];

const toys = (): Promise<Opened> =>
  open(
    {
      track: "classification",
      columns: COLUMNS,
      label: { column: "label", classes: ["class 0", "class 1", "class 2"] },
      metric: "accuracy",
    },
    { train: toy(0, 900, true), validation: toy(900, 300, true), test: toy(1200, 300, false) },
  );

/** Pairs of toys: the right side is the left one of the next row, or a copy of its own. */
const pairs = (from: number, count: number, label: boolean): string => `
select 'p' || i as id, i % 10 as left_size, case when i % 3 = 0 then i % 10 else (i * 7) % 10 end as right_size,
  case when i % 5 > 0 then 'toy ' || i end as left_name,
  case when i % 3 = 0 and i % 5 > 0 then 'toy ' || i else 'thing ' || i end as right_name
  ${label ? ", (i % 3 = 0)::integer as label" : ""}
from (select range as i from range(${from}, ${from + count}))`;

const matching = (): Promise<Opened> =>
  open(
    {
      track: "matching",
      kind: "exact",
      columns: [
        { name: "size", modality: "numeric" },
        { name: "name", modality: "text" },
      ],
      label: { column: "label" },
      metric: "f1",
    },
    { train: pairs(0, 300, true), validation: pairs(300, 100, true), test: pairs(400, 100, false) },
  );

const column = ({ frame }: Opened, name: string): ProfiledColumn =>
  frame.columns.find((each) => each.name === name) ?? expect.fail(`no column ${name}`);

async function profileOf<M extends ColumnProfile["modality"]>(
  task: Opened,
  name: string,
  modality: M,
): Promise<Extract<ColumnProfile, { modality: M }>> {
  const [profile] = await task.profiler.profile([column(task, name)]);
  if (profile.modality !== modality) throw new Error(`${name} is ${profile.modality}`);
  return profile as Extract<ColumnProfile, { modality: M }>;
}

/** The numbers of a measure in one split, by a plain query a side. */
async function valuesOf(task: Opened, { measure }: MeasureProfile, split: SplitName): Promise<number[]> {
  const { sources, modality } = measure.column;
  const lists = sources.map(
    (source) => `select ${measureSql(measure.kind, valueSql(modality, source))}::double as v from ${split}`,
  );
  const rows = await task.rows(lists.join(" union all "));
  return rows.flatMap(({ v }) => (typeof v === "number" ? v : [])).sort((a, b) => a - b);
}

/** The quantile between the two nearest values, as scikit-learn and NumPy have it by default. */
function quantile(sorted: number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

describe.each([
  ["a classification task", toys, ["price", "sold", "ratio", "name", "image"]],
  ["a matching task, both sides together", matching, ["size", "name"]],
])("measures of %s", (_, make, names) => {
  it("have the summary that their values have, and bins that count them all", async () => {
    const task = await make();
    for (const name of names) {
      const [profile] = await task.profiler.profile([column(task, name)]);
      for (const drawing of drawingsOf(profile)) {
        for (const split of SPLIT_NAMES) {
          const values = await valuesOf(task, drawing, split);
          const summary = drawing.summary[split];
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          expect(summary.present).toBe(values.length);
          expect(summary.distinct).toBe(new Set(values).size);
          expect([summary.min, summary.max]).toEqual([values[0], values[values.length - 1]]);
          expect(summary.mean).toBeCloseTo(mean, 8);
          QUANTILES.forEach((share, i) => {
            expect(summary.quantiles[i]).toBeCloseTo(quantile(values, share), 8);
          });
          const counts = drawing.histogram?.counts[split] ?? [];
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
          const { edges } = drawing.histogram?.bins ?? { edges: [] };
          const inner = counts.slice(1, -1);
          inner.forEach((count, i) => {
            expect(count).toBe(values.filter((v) => v >= edges[i + 1] - 1e-9 && v < edges[i + 2] - 1e-9).length);
          });
        }
      }
    }
  });

  it("are filtered by what each bar counts", async () => {
    const task = await make();
    for (const name of names) {
      const [profile] = await task.profiler.profile([column(task, name)]);
      for (const drawing of drawingsOf(profile)) {
        const counts = drawing.histogram?.counts.train ?? [];
        for (let bin = 0; bin < counts.length; bin++) {
          const filter = binFilter(drawing, bin, String) ?? expect.fail("no filter");
          const [{ n }] = await task.rows(`select count(*)::integer as n from train where ${filter.sql}`);
          // A pair with both sides in the bin is one row, and two of the bar.
          if (task.frame.track === "classification") expect(n).toBe(counts[bin]);
          else expect(2 * Number(n)).toBeGreaterThanOrEqual(counts[bin]);
        }
        const missing = missingFilter(profile.column);
        const [{ n }] = await task.rows(`select count(*)::integer as n from train where ${missing.sql}`);
        if (task.frame.track === "classification")
          expect(n).toBe(drawing.summary.train.rows - drawing.summary.train.present);
      }
    }
  });

  it("become cells that give the same numbers, by split and by class", async () => {
    const task = await make();
    const classes = await task.profiler.classes();
    for (const name of names) {
      const [profile] = await task.profiler.profile([column(task, name)]);
      const byClass = await task.profiler.byClass(profile, classes);
      for (const [i, drawing] of drawingsOf(profile).entries()) {
        const cells = histogramCells(task.frame, drawing) ?? expect.fail("no cells");
        const rows = await task.rows(cells.sql);
        for (const split of SPLIT_NAMES)
          expect(rows.map((row) => row[split])).toEqual(
            drawing.histogram?.counts[split].filter((_count, bin) =>
              SPLIT_NAMES.some((each) => (drawing.histogram?.counts[each][bin] ?? 0) > 0),
            ),
          );
        expect(namesRead(cells.sql, SPLIT_NAMES)).toEqual(expect.arrayContaining(["train", "validation", "test"]));
        expect(cells.chart?.("cell")).toMatch(/^source: cell\ntype: bar\nx: \w+_from\ny: train\n/);
        const split = histogramCells(task.frame, drawing, classes) ?? expect.fail("no cells");
        const found = await task.rows(split.sql);
        classes.names.forEach((label, k) => {
          const own = found.filter((row) => row.class === label).map((row) => row.n);
          expect(own).toEqual(byClass.counts[i]?.[k].filter((count) => count > 0));
        });
      }
    }
  });
});

describe("values of a categorical column", () => {
  it("are the most frequent of train, with all others, the missing and the new ones counted", async () => {
    const task = await toys();
    const { values } = await profileOf(task, "kind", "categorical");
    const raw: Record<SplitName, Record<string, unknown>[]> = {
      train: await task.rows("select kind from train"),
      validation: await task.rows("select kind from validation"),
      test: await task.rows("select kind from test"),
    };
    const count = (split: SplitName, value: string | null) => raw[split].filter(({ kind }) => kind === value).length;
    expect(values.values).toHaveLength(24);
    expect(values.other.values).toBeGreaterThan(0);
    for (const { value, rows } of values.values)
      expect(rows).toEqual({
        train: count("train", value),
        validation: count("validation", value),
        test: count("test", value),
      });
    const inTrain = new Set(raw.train.map(({ kind }) => kind));
    for (const split of SPLIT_NAMES) {
      expect(values.missing[split]).toBe(count(split, null));
      expect(values.rows[split]).toBe(raw[split].length);
      const listed = values.values.reduce((sum, each) => sum + each.rows[split], 0);
      expect(listed + values.other.rows[split] + values.missing[split]).toBe(raw[split].length);
      if (split !== "train")
        expect(values.unseen[split]).toBe(raw[split].filter(({ kind }) => kind !== null && !inTrain.has(kind)).length);
    }
    const sizes = values.values.map(({ rows }) => rows.train);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it("see a value that only test has, and the shift that it is", async () => {
    const { values } = await profileOf(await toys(), "code", "categorical");
    expect(values.unseen).toEqual({ validation: 0, test: 120 });
    expect(values.shift.validation?.word).toBe("alike");
    expect(values.shift.test?.word).toBe("shifted");
  });

  it("are filtered by what each bar counts, and become cells with the same numbers", async () => {
    const task = await toys();
    const profile = await profileOf(task, "kind", "categorical");
    const listed = profile.values.values.slice(0, 3);
    const names = listed.map(({ value }) => value);
    for (const [filter, count] of [
      [valuesFilter(profile.column, [names[0]]), listed[0].rows.train],
      [
        valuesFilter(profile.column, names, true),
        profile.values.rows.train -
          profile.values.missing.train -
          listed.reduce((sum, { rows }) => sum + rows.train, 0),
      ],
      [missingFilter(profile.column), profile.values.missing.train],
    ] as const) {
      expect(await task.rows(`select count(*)::integer as n from train where ${filter.sql}`)).toEqual([{ n: count }]);
    }
    const rows = await task.rows(valuesCells(task.frame, profile.column, names).sql);
    expect(rows.map(({ kind }) => kind)).toEqual(profile.values.values.map(({ value }) => value));
    expect(rows.map(({ test }) => test)).toEqual(profile.values.values.map((each) => each.rows.test));
    const classes = await task.profiler.classes();
    const [counts] = (await task.profiler.byClass(profile, classes)).counts;
    const found = await task.rows(valuesCells(task.frame, profile.column, names, classes).sql);
    expect(found.reduce((sum, { n }) => sum + Number(n), 0)).toBe(
      listed.reduce((sum, { rows: { train } }) => sum + train, 0),
    );
    expect(found.find((row) => row.kind === names[0] && row.class === "class 1")?.n).toBe(counts?.[1][0]);
  });
});

describe("texts and pictures", () => {
  it("tell their letters, repeats and what train holds too", async () => {
    const task = await toys();
    const { facts, examples } = await profileOf(task, "name", "text");
    const texts = async (split: SplitName) =>
      (await task.rows(`select name from ${split}`)).map(({ name }) => name).filter((name) => typeof name === "string");
    const train = await texts("train");
    const validation = await texts("validation");
    expect(facts.train).toMatchObject({
      present: train.length,
      empty: train.filter((name) => name === "").length,
      distinct: new Set(train).size,
      nonAscii: train.filter((name) => name.startsWith("Ü")).length,
      upperCase: train.filter((name) => name.startsWith("Ü")).length,
      digits: train.filter((name) => /\d/.test(name)).length,
    });
    expect(facts.validation.inTrain).toBe(validation.filter((name) => train.includes(name)).length);
    expect(examples.some.length).toBeGreaterThan(0);
    for (const { text, label } of examples.some) {
      expect(train).toContain(text);
      expect(
        await task.rows(
          `select 1 from train where name = '${text.replaceAll("'", "''")}' and label = '${label}' limit 1`,
        ),
      ).toHaveLength(1);
    }
    expect(facts.train.scripts[SCRIPTS.findIndex(({ name }) => name === "latin")]).toBe(facts.train.nonAscii);
    expect(facts.train.scripts.reduce((sum, count) => sum + count, 0)).toBe(facts.train.nonAscii);
    const [first] = examples.repeated;
    expect(first.rows).toBe(train.filter((name) => name === first.text).length);
  });

  it("tell their scripts by Unicode, whatever else stands beside them", async () => {
    const texts = [
      "plain",
      "naïve",
      "Ωmega",
      "Привет мир",
      "שלום",
      "مرحبا",
      "नमस्ते",
      "สวัสดี",
      "漢字かな",
      "한글",
      "5 €",
      "☺ Ω",
    ];
    const rows = (label: boolean) =>
      `select 't' || n as id, t as name ${label ? ", 'class ' || (n % 2) as label" : ""} from (select unnest(list_value(${texts
        .map((text) => `'${text}'`)
        .join(", ")})) as t, unnest(range(${texts.length})) as n)`;
    const task = await open(
      {
        track: "classification",
        columns: [{ name: "name", modality: "text" }],
        label: { column: "label", classes: ["class 0", "class 1"] },
        metric: "accuracy",
      },
      { train: rows(true), validation: rows(true), test: rows(false) },
    );
    const { facts } = await profileOf(task, "name", "text");
    const counted = Object.fromEntries(SCRIPTS.map(({ name }, i) => [name, facts.train.scripts[i]]));
    expect(counted).toEqual({
      latin: 1,
      greek: 2,
      cyrillic: 1,
      arabic: 1,
      hebrew: 1,
      devanagari: 1,
      thai: 1,
      han: 1,
      kana: 1,
      hangul: 1,
      signs: 2,
    });
    expect(facts.test.scripts).toEqual(facts.train.scripts);
  });

  it.each(["name", "image"])("of %s become cells that give the facts shown, by split and by class", async (name) => {
    const task = await toys();
    const [profile] = await task.profiler.profile([column(task, name)]);
    const cells = factCells(task.frame, profile) ?? expect.fail("no cells");
    expect(namesRead(cells.sql, SPLIT_NAMES).sort()).toEqual(["test", "train", "validation"]);
    const rows = await task.rows(cells.sql);
    expect(rows.map((row) => row.split)).toEqual(SPLIT_NAMES);
    for (const row of rows) {
      const split = row.split as SplitName;
      if (profile.modality === "text") {
        const { rows: all, present, empty, distinct, nonAscii, digits, upperCase, inTrain } = profile.facts[split];
        expect(row).toMatchObject({
          rows: all,
          missing: all - present,
          empty,
          different: distinct,
          repeats: present - distinct,
          in_train: inTrain,
          ascii_only: present - nonAscii,
          latin: nonAscii,
          digits,
          capitals: upperCase,
        });
        expect(row).not.toHaveProperty("greek");
      } else if (profile.modality === "image") {
        const { present, distinct, inTrain, broken, sizes } = profile.facts;
        expect(row).toMatchObject({
          missing: profile.rows[split] - present[split],
          different: distinct[split],
          repeats: present[split] - distinct[split],
          in_train: split === "train" ? 0 : inTrain[split],
          png: sizes.reduce((sum, size) => sum + size.rows[split], 0),
          unknown: broken[split],
        });
        expect(row.mean_bytes).toBeCloseTo(profile.bytes.summary[split].mean, 8);
      } else expect.fail("neither texts nor pictures");
    }
    const classes = await task.profiler.classes();
    const { facts } = await task.profiler.byClass(profile, classes);
    expect(facts?.groups).toEqual(classes.names);
    const count = (fact: string) => facts?.facts.find((each) => each.name === fact)?.counts ?? [];
    const train = profile.rows.train;
    expect(count("rows").reduce((sum, n) => sum + n, 0)).toBe(train);
    for (const [place, label] of classes.names.entries()) {
      const value = name === "image" ? "image.bytes" : "name";
      const [{ missing, different }] = await task.rows(
        `select (count(*) - count(${value}))::integer as missing, count(distinct ${value})::integer as different from train where label = '${label}'`,
      );
      expect([count("missing")[place], count("different")[place]]).toEqual([missing, different]);
    }
    expect(facts?.facts.map((fact) => fact.name)).not.toContain("in_train");
    expect(factCells(task.frame, await profileOf(task, "price", "numeric"))).toBeUndefined();
  });

  it("become cells to read and to look at: the same ones that the page shows", async () => {
    const task = await toys();
    const { examples, column: text } = await profileOf(task, "name", "text");
    const some = await task.rows(exampleCells(task.frame, text, examples.some.length).sql);
    expect(some.map(({ text, label }) => ({ text, label }))).toEqual(examples.some);
    const repeated = await task.rows(repeatedCells(task.frame, text).sql);
    expect(repeated.slice(0, examples.repeated.length)).toEqual(
      examples.repeated.map(({ text, rows }) => ({ text, n: rows })),
    );
    const { column: image, bytes } = await profileOf(task, "image", "image");
    const cells = colourCells(task.frame, image, 24);
    const pictures = await task.rows(cells.sql);
    const shown = await task.rows(pictureSampleSql(task.frame, image, bytes.summary.train.mean));
    expect(pictures.map(({ picture }) => picture)).toEqual(shown.slice(0, 24).map(({ picture }) => picture));
    expect(cells.code?.("image_sample")).toContain("of image_sample)");
    expect(thumbnailCells(task.frame, image, 24).code).toBeUndefined();
  });

  it("tell sizes, repeats and broken pictures from the bytes", async () => {
    const task = await toys();
    const { facts } = await profileOf(task, "image", "image");
    const [{ n, broken, distinct, wide }] = await task.rows(
      `select count(image.bytes)::integer as n, count(*) filter (where octet_length(image.bytes) = 10)::integer as broken,
       count(distinct image.bytes)::integer as distinct, count(*) filter (where rowid % 2 = 1 and octet_length(image.bytes) > 10)::integer as wide from train`,
    );
    expect(facts.present.train).toBe(n);
    expect(facts.broken.train).toBe(broken);
    expect(facts.distinct.train).toBe(distinct);
    expect(facts.sizes.map(({ format, width, height }) => `${format} ${width} ${height}`).sort()).toEqual([
      "png 8 5",
      "png 9 5",
    ]);
    expect(facts.sizes.find(({ width }) => width === 9)?.rows.train).toBe(wide);
  });
});

describe("the task as a whole", () => {
  it("has classes by size, and a cell and a filter that say the same", async () => {
    const task = await toys();
    const rows = await task.rows(balanceSql(task.frame));
    const sizes = await task.rows(
      "select label, count(*)::integer as n from train group by all order by n desc, label",
    );
    expect(rows.map(({ label, train }) => [label, train])).toEqual(sizes.map(({ label, n }) => [label, n]));
    const other = await task.rows("select label, count(*)::integer as n from validation group by all");
    for (const { label, n } of other) expect(rows.find((row) => row.label === label)?.validation).toBe(n);
    expect(await task.rows(balanceCells(task.frame).sql)).toEqual(rows);
    expect(balanceCells(task.frame).chart?.("class_balance")).toContain("x: label\ny: train");
    for (const { label, train } of rows) {
      const filter = labelFilter(task.frame, [{ name: "label", type: "VARCHAR" }], String(label));
      expect(filter).toMatchObject({ column: "label", label: `label is ${label}` });
      expect(await task.rows(`select count(*)::integer as n from train where ${filter.sql}`)).toEqual([{ n: train }]);
    }
  });

  it("calls the classes of pairs match and no match, and filters by the number that they are", async () => {
    const task = await matching();
    const [first, second] = await task.rows(balanceSql(task.frame));
    expect([first, second]).toEqual([
      { label: "0", train: 200, validation: expect.any(Number) },
      { label: "1", train: 100, validation: expect.any(Number) },
    ]);
    const filter = labelFilter(task.frame, [{ name: "label", type: "INTEGER" }], "1");
    expect(filter.label).toBe("match");
    expect(await task.rows(`select count(*)::integer as n from train where ${filter.sql}`)).toEqual([{ n: 100 }]);
    expect([isMatch("1"), isMatch("true"), isMatch("0")]).toEqual([true, true, false]);
  });

  it.each(["price", "sold", "ratio", "kind", "code", "name", "image"])(
    "has the shift of %s as a cell whose parts sum to it",
    async (name) => {
      const task = await toys();
      const [profile] = await task.profiler.profile([column(task, name)]);
      const categorical = profile.modality === "categorical";
      const shift = categorical ? profile.values.shift : drawingsOf(profile)[0].histogram?.shift;
      const cells = categorical
        ? valueShiftCells(task.frame, profile.column, profile.values)
        : measureShiftCells(task.frame, drawingsOf(profile)[0]);
      const rows = await task.rows(cells?.sql ?? expect.fail("no cells"));
      for (const split of ["validation", "test"] as const) {
        const psi = rows.reduce((sum, row) => sum + Number(row[`${split}_psi`]), 0);
        expect(psi).toBeCloseTo(shift?.[split]?.psi ?? Number.NaN, 10);
        expect(rows.reduce((sum, row) => sum + Number(row[split]), 0)).toBe(profile.rows[split]);
      }
    },
  );

  it("has splits, numbers and strengths that become cells", async () => {
    const task = await toys();
    expect(await task.rows(splitCells().sql)).toEqual([
      { split: "train", n: 900 },
      { split: "validation", n: 300 },
      { split: "test", n: 300 },
    ]);
    const { value } = await profileOf(task, "price", "numeric");
    for (const row of await task.rows(summaryCells(task.frame, value).sql)) {
      const summary = value.summary[row.split as SplitName];
      expect(row).toMatchObject({
        rows: summary.rows,
        missing: summary.rows - summary.present,
        different: summary.distinct,
      });
      for (const [i, name] of ["q5", "q25", "q50", "q75", "q95"].entries())
        expect(row[name]).toBeCloseTo(summary.quantiles[i + 1], 8);
      expect(row.deviation).toBeCloseTo(summary.deviation, 8);
    }
    const byClass = await task.rows(summaryCells(task.frame, value, await task.profiler.classes()).sql);
    expect(byClass.map((row) => row.class).sort()).toEqual(["class 0", "class 1", "class 2"]);
    const strengths = await Promise.all(
      ["code", "kind", "price"].map(async (name) => ({
        column: name,
        strength: (await task.profiler.strength(column(task, name))) ?? expect.fail(name),
      })),
    );
    const rows = await task.rows(strengthsCells(strengths).sql);
    expect(rows.map(({ feature }) => feature)[0]).toBe("code");
    for (const { column: feature, strength } of strengths)
      expect(rows.find((row) => row.feature === feature)).toMatchObject({
        score: strength.score,
        looked_up: strength.key,
      });
  });
});

describe("what a column gives alone", () => {
  it("is the lookup's mean recall per class on validation", async () => {
    const task = await toys();
    const strength = await task.profiler.strength(column(task, "kind"));
    const rows = async (split: SplitName) =>
      (await task.rows(`select kind, label from ${split}`)).map(({ kind, label }) => [String(kind), String(label)]);
    const train = await rows("train");
    const sizes = new Map<string, number>();
    for (const [, label] of train) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    const weight = (kind: string, label: string) =>
      train.filter((row) => row[0] === kind && row[1] === label).length / (sizes.get(label) ?? 1);
    const labels = [...sizes.keys()];
    const largest = labels.reduce((a, b) => ((sizes.get(b) ?? 0) > (sizes.get(a) ?? 0) ? b : a));
    const recalls = new Map(labels.map((label) => [label, { hit: 0, of: 0 }]));
    for (const [kind, label] of await rows("validation")) {
      const weights = labels.map((each) => weight(kind, each));
      const most = Math.max(...weights);
      const guess = most > 0 ? labels[weights.indexOf(most)] : largest;
      const recall = recalls.get(label) ?? expect.fail(label);
      recall.of++;
      if (guess === label) recall.hit++;
    }
    const mean = [...recalls.values()].reduce((sum, { hit, of }) => sum + hit / of, 0) / recalls.size;
    expect(strength?.score).toBeCloseTo(mean, 12);
    expect(strength).toMatchObject({ key: "value", chance: 1 / 3 });
    const [scored] = await task.rows(strengthCells("kind", strength ?? expect.fail("none")).sql);
    expect(scored.score).toBeCloseTo(mean, 12);
  });

  it("is 1 for a column made from the label, and guessing for one that knows nothing", async () => {
    const task = await toys();
    expect(await task.profiler.strength(column(task, "code"))).toMatchObject({ score: 1, key: "value" });
    const noise = await task.profiler.strength(column(task, "image"));
    expect(Math.abs((noise?.score ?? 0) - 1 / 3)).toBeLessThan(0.12);
  });

  it("finds the class in the first word of a text, and bins of a number by train's quantiles", async () => {
    const half = (from: number, count: number, label: boolean) => `
select 'r' || i as id, case when i % 2 = 0 then 'Red' else 'blue' end || ' no ' || hash(i) as name,
  case when i % 2 = 0 then i % 100 else 200 + i % 7 end as size
  ${label ? ", case when i % 2 = 0 then 'a' else 'b' end as label" : ""} from (select range as i from range(${from}, ${from + count}))`;
    const task = await open(
      {
        track: "classification",
        columns: [
          { name: "name", modality: "text" },
          { name: "size", modality: "numeric" },
        ],
        label: { column: "label", classes: ["a", "b"] },
        metric: "accuracy",
      },
      { train: half(0, 400, true), validation: half(400, 100, true), test: half(500, 100, false) },
    );
    expect(await task.profiler.strength(column(task, "name"))).toMatchObject({ score: 1, key: "first word" });
    expect(await task.profiler.strength(column(task, "size"))).toMatchObject({ score: 1, key: "value in bins" });
    expect((await task.profiler.orderStrength())?.score).toBeLessThan(0.7);
  });

  it("notices rows that are sorted by their label", async () => {
    const sorted = (label: boolean) =>
      `select hash(range)::varchar as id, 1 as size ${label ? ", 'class ' || (range // 100) as label" : ""} from range(400)`;
    const task = await open(
      {
        track: "classification",
        columns: [{ name: "size", modality: "numeric" }],
        label: { column: "label", classes: ["class 0", "class 1", "class 2", "class 3"] },
        metric: "accuracy",
      },
      { train: sorted(true), validation: sorted(true), test: sorted(false) },
    );
    expect(await task.profiler.orderStrength()).toMatchObject({ score: 1, key: "order of the rows" });
    expect(await task.profiler.strength(column(task, "size"))).toMatchObject({ score: 0.25 });
  });
});

describe("both sides of a pair", () => {
  it("are compared by the label, as filters and cells do", async () => {
    const task = await matching();
    const { pairs: found, column: size } = await profileOf(task, "size", "numeric");
    const raw = await task.rows("select left_size as l, right_size as r, label from train");
    const equal = (label: number) => raw.filter((row) => row.label === label && row.l === row.r).length;
    expect(found?.matches).toEqual({ equal: 100, different: 0, oneMissing: 0, bothMissing: 0 });
    expect(found?.others.equal).toBe(equal(0));
    const filter = agreementFilter(size, "equal");
    expect(await task.rows(`select count(*)::integer as n from train where ${filter.sql}`)).toEqual([
      { n: equal(0) + equal(1) },
    ]);
    const cells = await task.rows(agreementCells(task.frame, size).sql);
    expect(cells.find((row) => row.label === "0" && row.sides === "equal")?.n).toBe(equal(0));
    const name = await profileOf(task, "name", "text");
    expect(name.pairs?.others.oneMissing).toBe(
      (await task.rows("select * from train where label = 0 and left_name is null")).length,
    );
    expect(name.rows.train).toBe(600);
  });

  it("give the column's strength by how they compare", async () => {
    const task = await matching();
    const strength = await task.profiler.strength(column(task, "name"));
    expect(strength?.chance).toBe(0.5);
    expect(strength?.score).toBeGreaterThan(0.85);
  });
});
