import type { ColumnFacts, Facts } from "./dataset";
import { IMAGE_FEATURES } from "./image";
import type { Member } from "./plan";

/**
 * Expected seconds of one fit of a member on all rows, on one core of the class that the budgets are meant for. Coarse on
 * purpose: they size the plan of `auto` from the facts of the data alone, so that a plan is the same on every machine.
 * Constants measured by `npm run bench -- learners`.
 */
export function secondsOf(member: Pick<Member, "learner" | "settings" | "columns" | "stack">, facts: Facts): number {
  const { rows, classes } = facts;
  const columns = facts.columns.filter((column) => member.columns.includes(column.name));
  const k = classes.length;
  const { sparse, dense } = widths(columns);
  const encoding = 1.2e-7 * rows * columns.reduce((sum, column) => sum + 20 + column.length * 4, 0);
  const number = (name: string, otherwise: number) =>
    typeof member.settings[name] === "number" ? (member.settings[name] as number) : otherwise;
  switch (member.learner) {
    case "majority":
    case "rates":
      return 1e-7 * rows * k;
    case "linear": {
      // Without words a table is fitted to its optimum.
      const passes = columns.some(({ as }) => as === "text") ? Math.min(20, Math.max(5, 50_000 / rows)) : 60;
      const epochs = number("epochs", passes);
      return encoding + 1e-9 * epochs * rows * (sparse + dense) * Math.max(4, k);
    }
    case "gbdt":
      return (
        encoding +
        6e-9 * number("rounds", 150) * rows * (treeFeatures(columns) + member.stack.length * k) * (k > 2 ? k : 1)
      );
    case "mlp": {
      const epochs = number("epochs", Math.min(60, Math.max(4, 1200 / Math.sqrt(rows))));
      return encoding + 5e-10 * epochs * rows * (sparse * 128 + dense * 64 + 128 * (192 + k));
    }
    case "knn":
      return encoding + 2e-9 * rows * rows * (dense + 20);
    case "cnn":
      return (
        2e-4 * number("epochs", Math.min(40, Math.max(6, 120_000 / rows))) * rows * Math.max(1, facts.pictures.length)
      );
  }
}

/** Non-zeros and dense numbers of an encoded row, about. */
function widths(columns: readonly ColumnFacts[]): { sparse: number; dense: number } {
  let sparse = 0;
  let dense = 0;
  for (const column of columns) {
    if (column.as === "text") sparse += column.length * 3;
    else if (column.as === "picture") dense += IMAGE_FEATURES;
    else if (column.as === "vector") dense += column.size;
    else {
      sparse += 1;
      dense += column.as === "numeric" ? 1 : 0;
    }
  }
  return { sparse, dense };
}

function treeFeatures(columns: readonly ColumnFacts[]): number {
  return columns.reduce((sum, column) => {
    if (column.as === "text" || column.as === "picture") return sum + 5;
    return sum + (column.as === "vector" ? Math.min(32, column.size) : 1);
  }, 0);
}
