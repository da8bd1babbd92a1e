import { Fault, suggest } from "../base";
import { readConfig, renameInConfig } from "../notebook";
import { type Table, tableFromArrow } from "../table";
import { SPLIT_NAMES } from "../tasks";
import type { CellDefinition } from "./context";
import { chartSchema, namesInSetting } from "./settings";

/** A chart draws at most this many rows; it says so when there are more. */
const MOST_ROWS = 5_000;

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
    const from = value ? await context.published(value, signal) : spec.source;
    const { engine } = context.task;
    const wanted = [...new Set([spec.x, spec.y, spec.color].filter((name) => name !== undefined))];
    const [head, count] = await Promise.all([
      engine.query(`select * from "${from}" limit 0`, { signal }).then(tableFromArrow),
      engine.query(`select count(*) as n from "${from}"`, { signal }).then(tableFromArrow),
    ]);
    const known = head.columns.map((column) => column.name);
    for (const name of wanted) {
      if (!known.includes(name))
        throw new Fault("column-missing", `"${spec.source}" has no column "${name}"`, {
          hint: suggest(name, known),
          where: { cell: cell.name },
        });
    }
    const list = wanted.map((name) => `"${name.replaceAll('"', '""')}"`).join(", ");
    const table: Table = tableFromArrow(
      await engine.query(`select ${list} from "${from}" limit ${MOST_ROWS}`, { signal }),
    );
    return {
      kind: "chart",
      spec,
      table,
      rows: Number(count.columns[0].values[0]),
      leaky: value?.leaky ?? spec.source !== "train",
    };
  },
};
