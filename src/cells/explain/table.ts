import type { Column, Table } from "../../table";
import type { Explanation } from "./explanation";

const TEXTS = ["part", "level", "name", "metric", "verdict"] as const;
const NUMBERS = ["value", "low", "high", "rows"] as const;

type Row = Partial<Record<(typeof TEXTS)[number], string> & Record<(typeof NUMBERS)[number], number>>;

/** The columns of an explanation's table, in order. */
export const EXPLAIN_COLUMNS: readonly { name: string; type: "VARCHAR" | "DOUBLE" }[] = [
  ...TEXTS.map((name) => ({ name, type: "VARCHAR" as const })),
  ...NUMBERS.map((name) => ({ name, type: "DOUBLE" as const })),
];

/**
 * An explanation as one long table; `part` says what a row is:
 *
 * | part         | columns                                                                                          |
 * |--------------|--------------------------------------------------------------------------------------------------|
 * | `importance` | `level` (feature, related, column, modality), `name, metric, value, low, high` of the drop, `rows` |
 * | `ablation`   | `name` (the modality that says nothing), `metric, value, low, high` of the score, `verdict` of the whole model against it |
 * | `curve`      | `rows` (of training), `metric, value, low, high` of the score                                     |
 * | `leaks`      | `level` (the kind), `name, value, verdict` (in words)                                             |
 */
export function explanationTable({ metric, importance, ablation, curve, leaks }: Explanation): Table {
  const rows: Row[] = [
    ...(importance?.items ?? []).map(
      ({ level, name, drop }): Row => ({ part: "importance", level, name, metric, ...drop, rows: importance?.rows }),
    ),
    ...(ablation?.items ?? []).map(
      ({ name, score, change }): Row => ({
        part: "ablation",
        level: "modality",
        name,
        metric,
        ...score,
        verdict: change.verdict,
        rows: change.rows,
      }),
    ),
    ...(curve?.points ?? []).map(({ rows: count, score }): Row => ({ part: "curve", metric, ...score, rows: count })),
    ...(leaks?.found ?? []).map(
      ({ kind, name, value, words }): Row => ({ part: "leaks", level: kind, name, value, verdict: words }),
    ),
  ];
  return {
    rows: rows.length,
    columns: [
      ...TEXTS.map((name): Column => ({ kind: "string", name, values: rows.map((row) => row[name] ?? null) })),
      ...NUMBERS.map(
        (name): Column => ({ kind: "number", name, values: Float64Array.from(rows, (row) => row[name] ?? Number.NaN) }),
      ),
    ],
  };
}
