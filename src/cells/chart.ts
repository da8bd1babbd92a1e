import { Fault, suggest } from "../base";
import { readConfig, renameInConfig } from "../notebook";
import { type Table, tableFromArrow } from "../table";
import { SPLIT_NAMES } from "../tasks";
import { drawChart } from "./charts";
import type { CellDefinition } from "./context";
import { chartSchema, namesInSetting } from "./settings";

export const chart: CellDefinition = {
  title: "Chart",
  template: ({ cells }) => ({
    name: "chart",
    source: `source: ${cells.findLast((cell) => cell.kind === "sql")?.name ?? "train"}\ntype: bar\nx: label\ny: n`,
  }),
  reads: (source) => ({ mentions: [], requires: namesInSetting(source, "source") }),
  rename: (source, from, to) => renameInConfig(source, "source", from, to),
  evaluate: async (cell, inputs, context, { signal }) => {
    const spec = readConfig(chartSchema, cell.source, cell.name);
    const value = inputs.get(spec.source);
    const given = SPLIT_NAMES.find((split) => split === spec.source);
    if (!value && !given) {
      throw new Fault("missing-name", `"${cell.name}" draws "${spec.source}", and no cell or table is named so`, {
        hint: "Name a cell, or train, validation or test.",
        where: { cell: cell.name },
      });
    }
    const from = value ? (await context.published(value, signal)).name : spec.source;
    const { engine } = context.task;
    const wanted = [...new Set([spec.x, spec.y, spec.color].filter((name) => name !== undefined))];
    const head = await tableFromArrow(await engine.query(`select * from "${from}" limit 0`, { signal }));
    const known = head.columns.map((column) => column.name);
    for (const name of wanted) {
      if (!known.includes(name))
        throw new Fault("column-missing", `"${spec.source}" has no column "${name}"`, {
          hint: suggest(name, known),
          where: { cell: cell.name },
        });
    }
    const kinds = new Map(head.columns.map(({ name, kind }) => [name, kind]));
    const ask = async (sql: string): Promise<Table> => tableFromArrow(await engine.query(sql, { signal }));
    const { table, facts } = await drawChart({ spec, from: `"${from}"`, kinds, ask });
    return { kind: "chart", spec, table, facts, leaky: value?.leaky ?? spec.source !== "train" };
  },
};
