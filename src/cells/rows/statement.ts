import { sliceSql } from "../../scoring";
import { literal, numberLiteral, quoted, type SplitName } from "../../tasks";
import type { ScoreEntry } from "../values";
import type { RowPick } from "./picks";

export interface StatementContext {
  split: SplitName;
  classes: readonly string[];
  entry: Pick<ScoreEntry, "name" | "threshold">;
}

/**
 * The rows of a pick as a SQL cell's text: the split's columns, joined to the model's table of predictions, and to a
 * feature cell's where the condition is about one. What a click shows is thereby code.
 */
export function pickStatement(pick: RowPick, context: StatementContext): string {
  const { split, entry } = context;
  const cell = pick.kind === "slice" ? pick.rule.cell : undefined;
  const reads = pick.kind === "slice" ? (cell === undefined ? [] : [cell]) : pick.kind === "all" ? [] : [entry.name];
  const joins = reads.map((name) => `join ${name} on ${name}.id = ${split}.id and ${name}.split = '${split}'`);
  const condition = pickSql(pick, context);
  return [`select ${split}.*`, `from ${split}`, ...joins, ...(condition ? [`where ${condition}`] : [])].join("\n");
}

function pickSql(pick: RowPick, { split, classes, entry }: StatementContext): string | undefined {
  const name = entry.name;
  const label = `${name}.label`;
  const prediction = predictionSql(classes, entry);
  const probability = (k: number): string => `${name}.${quoted(`p_${classes[k]}`)}`;
  switch (pick.kind) {
    case "all":
      return undefined;
    case "wrong":
      return `${prediction} <> ${label}`;
    case "confusion":
      return `${label} = ${literal(classes[pick.label])} and ${prediction} = ${literal(classes[pick.prediction])}`;
    case "class": {
      const own = literal(classes[pick.k]);
      return `(${label} = ${own}) <> (${prediction} = ${own})`;
    }
    case "sure": {
      const sure = `greatest(${classes.map((_, k) => probability(k)).join(", ")})`;
      return `${sure} > ${numberLiteral(pick.low)}\n  and ${sure} <= ${numberLiteral(pick.high)}`;
    }
    case "from":
      return `${probability(pick.k)} >= ${numberLiteral(pick.threshold)}`;
    case "slice":
      return sliceSql(pick.rule, pick.rule.cell ?? split);
  }
}

/** The model's own prediction, unless the score cell declares matches from another threshold on. */
function predictionSql(classes: readonly string[], { name, threshold }: StatementContext["entry"]): string {
  if (threshold?.from !== "cell") return `${name}.prediction`;
  const probability = `${name}.${quoted(`p_${classes[1]}`)}`;
  const [no, yes] = [literal(classes[0]), literal(classes[1])];
  return `(case when ${probability} >= ${numberLiteral(threshold.value)} then ${yes} else ${no} end)`;
}
