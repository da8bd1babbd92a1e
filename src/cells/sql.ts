import { namesRead, renameRead } from "../data";
import { SPLIT_NAMES } from "../tasks";
import type { CellDefinition } from "./context";

export const sql: CellDefinition = {
  title: "SQL",
  template: () => ({ name: "query", source: "select *\nfrom train\nlimit 20" }),
  reads: (source, known) => ({ mentions: namesRead(source, known), requires: [] }),
  rename: renameRead,
  evaluate: (cell, inputs, context, { signal, key }) =>
    context.exclusive(async () => {
      const { engine, aliases } = context.task;
      // A view of a cell that is gone, renamed or another notebook's must not answer for a name that nothing defines.
      for (const name of aliases) {
        if (inputs.has(name)) continue;
        await engine.drop(name);
        aliases.delete(name);
      }
      for (const [name, value] of inputs) {
        const { name: target } = await context.published(value, signal);
        aliases.add(name);
        await engine.alias(name, target);
      }
      const relation = await engine.keep(`r_${key.slice(0, 20)}`, cell.source, { signal });
      const scored = namesRead(cell.source, SPLIT_NAMES).some((name) => name !== "train");
      return { kind: "relation", relation, leaky: scored || [...inputs.values()].some((value) => value.leaky) };
    }),
};
