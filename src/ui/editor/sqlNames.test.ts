import { describe, expect, it } from "vitest";
import { suggestSql } from "./sqlNames";
import type { SqlNames } from "./types";

const names: SqlNames = {
  tables: [
    {
      name: "train",
      detail: "split",
      columns: [
        { name: "name", type: "VARCHAR", modality: "text" },
        { name: "label", type: "VARCHAR" },
      ],
    },
    {
      name: "class_balance",
      detail: "cell",
      columns: [
        { name: "n", type: "BIGINT" },
        { name: "share of all", type: "DOUBLE" },
      ],
    },
  ],
};
const labels = (before: string, text = before) =>
  [...suggestSql(names, before, text)]
    .sort((a, b) => (a.rank + a.label < b.rank + b.label ? -1 : 1))
    .map((each) => each.label);

describe("completion in SQL", () => {
  it("puts tables first after from and join", () => {
    expect(labels("select * from ").slice(0, 2)).toEqual(["class_balance", "train"]);
  });

  it("gives a table's columns after its name, and after an alias of it", () => {
    expect(labels("select train.")).toEqual(["label", "name"]);
    expect(labels("select b.", "select b. from class_balance as b")).toEqual(["n", "share of all"]);
    expect(labels("select nobody.")).toEqual([]);
  });

  it("offers the columns of the tables that the text names, with type and modality", () => {
    const offered = suggestSql(names, "select ", "select  from train");
    const columns = offered.filter((each) => each.kind === "column");
    expect(columns.map((each) => each.label)).toEqual(["name", "label"]);
    expect(columns[0].detail).toBe("varchar · text");
  });

  it("quotes what is no plain identifier", () => {
    const offered = suggestSql(names, "class_balance.", "");
    expect(offered.find((each) => each.label === "share of all")?.insert).toBe('"share of all"');
  });
});
