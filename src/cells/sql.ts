import { namesRead } from "../data";
import { SPLIT_NAMES } from "../tasks";
import type { CellDefinition } from "./context";

export const sql: CellDefinition = {
  title: "SQL",
  template: () => ({ name: "query", source: "select *\nfrom train\nlimit 20" }),
  reads: (source, known) => ({ mentions: namesRead(source, known), requires: [] }),
  evaluate: (cell, inputs, context, { signal, key }) =>
    context.exclusive(async () => {
      const { engine } = context.task;
      for (const [name, value] of inputs) await engine.alias(name, await context.published(value, signal));
      const relation = await engine.keep(`r_${key.slice(0, 20)}`, cell.source, { signal });
      const scored = namesRead(cell.source, SPLIT_NAMES).some((name) => name !== "train");
      return { kind: "relation", relation, leaky: scored || [...inputs.values()].some((value) => value.leaky) };
    }),
};
