import { describe, expect, it } from "vitest";
import { sessionInNode } from "../../tools/engine-in-node";
import { rowsOf, tableFromArrow } from "../table";
import { joinColumns, joinPairs, pairsOf } from "./pairs";

const never = new AbortController().signal;
const manifest = {
  columns: [{ name: "title", modality: "text" as const }],
  label: { column: "label" },
} as Parameters<typeof joinPairs>[1];

/** A database with records "a" to "j" and pairs in the order given. */
async function engineWith(pairs: [id: number, left: string, right: string, label: string][]) {
  const session = await sessionInNode();
  const records = [..."abcdefghij"].map((id) => `('${id}', 'title ${id}')`);
  await session.keep("records", `select * from (values ${records.join(", ")}) as t(id, title)`, [], never);
  const rows = pairs.map(([id, left, right, label]) => `(${id}, '${left}', '${right}', '${label}')`);
  const columns = "id, left_id, right_id, label";
  await session.keep(pairsOf("train"), `select * from (values ${rows.join(", ")}) as t(${columns})`, [], never);
  const engine: Parameters<typeof joinPairs>[0] = {
    keep: (name, sql) => session.keep(name, sql, [], never),
  };
  const joined = async () => rowsOf(await tableFromArrow(await session.query("from train", [], never)));
  return { engine, joined };
}

describe("pairs", () => {
  it("are joined with both records", async () => {
    const { engine, joined } = await engineWith([
      [1, "j", "a", "1"],
      [2, "a", "b", "0"],
      [7, "c", "c", "1"],
    ]);
    const relation = await joinPairs(engine, manifest, "train", never);
    expect(relation).toMatchObject({ name: "train", rows: 3 });
    expect(await joined()).toEqual([
      { id: 1, left_title: "title j", right_title: "title a", label: "1" },
      { id: 2, left_title: "title a", right_title: "title b", label: "0" },
      { id: 7, left_title: "title c", right_title: "title c", label: "1" },
    ]);
  });

  it("are in the order of their ids", async () => {
    const { engine, joined } = await engineWith([
      [1, "j", "a", "1"],
      [9, "a", "b", "0"],
      [7, "c", "c", "1"],
      [8, "d", "c", "1"],
    ]);
    const relation = await joinPairs(engine, manifest, "train", never);
    expect(relation.rows).toBe(4);
    expect((await joined()).map(({ id }) => id)).toEqual([1, 7, 8, 9]);
  });

  it("are joined with some columns of both records, without ids", async () => {
    const { engine, joined } = await engineWith([
      [1, "j", "a", "1"],
      [9, "a", "b", "0"],
    ]);
    await joinColumns(engine, manifest, "train", ["title"]);
    expect((await joined()).toSorted((a, b) => String(a.label).localeCompare(String(b.label)))).toEqual([
      { left_title: "title a", right_title: "title b", label: "0" },
      { left_title: "title j", right_title: "title a", label: "1" },
    ]);
  });

  it("have columns of any name", async () => {
    const { engine, joined } = await engineWith([[1, "a", "b", "0"]]);
    const odd = 'a "title", no less';
    await engine.keep("records", `select *, title as "${odd.replaceAll('"', '""')}" from records`);
    await joinColumns(engine, manifest, "train", [odd]);
    expect(await joined()).toEqual([{ [`left_${odd}`]: "title a", [`right_${odd}`]: "title b", label: "0" }]);
  });

  it("may be one alone", async () => {
    const one = await engineWith([[4, "a", "b", "0"]]);
    expect(await joinPairs(one.engine, manifest, "train", never)).toMatchObject({ rows: 1 });
  });
});
