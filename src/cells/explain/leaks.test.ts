import { describe, expect, it } from "vitest";
import { sessionInNode } from "../../../tools/engine-in-node";
import type { DataEngine } from "../../data";
import { readManifest, SPLIT_NAMES, type TaskManifest } from "../../tasks";
import { type CellContext, createCellContext, type Engines } from "../context";
import { createTaskData } from "../task-data";
import type { Explaining, Predictions } from "./asked";
import type { Leak } from "./explanation";
import { leaksOf } from "./leaks";

const { signal } = new AbortController();

const HASH = "0".repeat(64);

function manifestOf(task: Pick<TaskManifest, "track" | "columns"> & { kind?: string }, metric: string): TaskManifest {
  const split = { rows: 1, parquet: "x.parquet", csv: "x.csv", sha256: { parquet: HASH, csv: HASH } };
  return readManifest(
    {
      ...{ format: "polytab-task/1", id: "toys", title: "Toys", description: "", licence: "CC0-1.0", attribution: [] },
      ...{ source: "", metric, baselines: [], notebook: "notebook.md" },
      label: { column: "label", ...(task.track === "classification" && { classes: ["no", "yes"] }) },
      splits: { train: split, validation: split, test: split },
      ...task,
    },
    "toys",
  );
}

/** What is found in these splits of a model that reads every column. */
async function found(manifest: TaskManifest, train: string, validation: string): Promise<Leak[]> {
  const session = await sessionInNode();
  for (const [name, sql] of Object.entries({ train, validation, test: validation }))
    await session.keep(name, sql, [], signal);
  session.lock();
  const engine = {
    query: (sql: string) => session.query(sql, [...SPLIT_NAMES], signal),
  } as unknown as DataEngine;
  const context: CellContext = createCellContext(createTaskData(manifest, engine), {} as Engines);
  const value = { info: { baseline: true } } as Predictions;
  const asked = { context, value, signal, settings: { split: "validation" }, onProgress: () => {} };
  return (await leaksOf(asked as unknown as Explaining)).found;
}

/** A number by chance for each row; the low bits of DuckDB's hash are none. */
const chance = (seed: number): string => `(hash(i * 8 + ${seed}) >> 8)`;

const kinds = (leaks: readonly Leak[]): (string | undefined)[][] =>
  leaks.map(({ kind, name }) => (name === undefined ? [kind] : [kind, name]));

describe("what is too good to be true", () => {
  const columns: TaskManifest["columns"] = [
    { name: "tell", modality: "categorical", description: "" },
    { name: "code", modality: "categorical", description: "" },
    { name: "size", modality: "numeric", description: "" },
    { name: "blurb", modality: "text", description: "" },
  ];
  const task = manifestOf({ track: "classification", columns }, "accuracy");
  /** A label by chance; `tell` says it, `code` is another in every row, and the rest knows nothing. */
  const rows = (from: number, to: number, tell: string, code: string): string =>
    `select 'row' || i as id, ${tell} as tell, ${code} as code, (${chance(7)} % 5)::integer as size,
       'about ' || ${chance(3)} as blurb, label
     from (select i, case when ${chance(0)} % 2 = 0 then 'yes' else 'no' end as label from range(${from}, ${to}) as r(i))`;
  const says = "case when label = 'yes' then 'a' else 'b' end";
  const nothing = `'kind' || (${chance(1)} % 3)`;

  it("is a column that predicts alone, and one with a value of its own in every row", async () => {
    expect(kinds(await found(task, rows(0, 300, says, "'code' || i"), rows(300, 400, says, "'code' || i")))).toEqual([
      ["alone", "tell"],
      ["id", "code"],
    ]);
  });

  it("is a row of validation, or a text, that train has too", async () => {
    const leaks = await found(task, rows(0, 300, nothing, nothing), rows(285, 385, nothing, nothing));
    expect(kinds(leaks)).toEqual([["rows in train"], ["values in train", "blurb"]]);
    expect(leaks[0].words).toContain("15 of 100 rows of validation are in train too");
    expect(leaks[0].value).toBe(0.15);
  });

  it("is nothing in a task without any of it", async () => {
    expect(await found(task, rows(0, 300, nothing, nothing), rows(300, 400, nothing, nothing))).toEqual([]);
  });

  it("is, in matching, a record that train's pairs have too, whichever side it stands on", async () => {
    const pairs = manifestOf(
      { track: "matching", kind: "exact", columns: [{ name: "name", modality: "text", description: "" }] },
      "f1",
    );
    const sides = (from: number, to: number): string =>
      `select 'pair' || i as id, 'left ' || ${chance(2)} as left_name, 'right ' || ${chance(3)} as right_name,
         (${chance(1)} % 2)::varchar as label
       from range(${from}, ${to}) as r(i)`;
    expect(await found(pairs, sides(0, 200), sides(200, 280))).toEqual([]);
    const turned = `select id, right_name as left_name, 'new ' || id as right_name, label from (${sides(190, 200)})`;
    const leaks = await found(pairs, sides(0, 200), `${sides(200, 240)} union all ${turned}`);
    expect(kinds(leaks)).toEqual([["records in train"]]);
    expect(leaks[0].words).toContain("10 of 100 records of validation are in train's pairs too");
  });
});
