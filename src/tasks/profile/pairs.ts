import type { Table } from "../../table";
import { answerOf } from "./answer";
import { type Frame, labelSql, type ProfiledColumn, valueSql } from "./frame";

/** How both sides of train's pairs compare in a column, in pairs. */
export interface Agreement {
  equal: number;
  different: number;
  oneMissing: number;
  bothMissing: number;
}

/** By the label: pairs that match ("1") and pairs that do not ("0"). */
export interface PairAgreement {
  matches: Agreement;
  others: Agreement;
}

/** How the two sides of a pair compare, as SQL that gives one of four words. */
export function agreementSql({ modality, sources: [left, right] }: ProfiledColumn): string {
  const l = valueSql(modality, left);
  const r = valueSql(modality, right);
  return `case when ${l} is null and ${r} is null then 'both missing' when ${l} is null or ${r} is null then 'one missing' when ${l} = ${r} then 'equal' else 'different' end`;
}

/** Pairs of train by `item` (the column's place), `label` and `word`. */
export function pairAgreementSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  return columns
    .map(
      (column, i) =>
        `select ${i} as item, ${labelSql(frame, "train")} as label, ${agreementSql(column)} as word, count(*)::integer as n from train group by all`,
    )
    .join(" union all ");
}

const WORDS = {
  equal: "equal",
  different: "different",
  "one missing": "oneMissing",
  "both missing": "bothMissing",
} as const;

export function readPairAgreement(table: Table, columns: readonly ProfiledColumn[]): PairAgreement[] {
  const answer = answerOf(table);
  const none = (): Agreement => ({ equal: 0, different: 0, oneMissing: 0, bothMissing: 0 });
  const agreement = columns.map((): PairAgreement => ({ matches: none(), others: none() }));
  for (let row = 0; row < answer.rows; row++) {
    const word = Object.entries(WORDS).find(([name]) => name === answer.text("word", row))?.[1];
    const label = answer.text("label", row);
    if (!word || label === null) continue;
    const pairs = agreement[answer.count("item", row)];
    // The label may be a number or a truth value in the reader's own files.
    (/^(1|true)/.test(label) ? pairs.matches : pairs.others)[word] += answer.count("n", row);
  }
  return agreement;
}
