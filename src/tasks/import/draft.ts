import type { BlockingFacts } from "../blocking/block";
import { type MetricName, type Modality, SPLIT_NAMES, type SplitName, type Track } from "../manifest";
import type { ImportAbout } from "./about";
import type { PlannedColumn } from "./columns";
import type { ImportPlan } from "./plan";
import type { FileRole, Note } from "./source";

/** What the reader sees of a plan, and corrects. */
export interface ImportDraft {
  about: ImportAbout;
  metric: MetricName;
  track: Track;
  files: DraftFile[];
  columns: DraftColumn[];
  id: string;
  label: { column: string; rule: string; classes: DraftClass[] };
  splits: Record<SplitName, { rows: number; how: string }>;
  notes: Note[];
  /** What blocking came to, where pairs were made by it. */
  blocking?: BlockingFacts;
}

export interface DraftFile {
  role: FileRole;
  file: string;
  how: string;
  rows: number;
  badRows: { line: number; problem: string; text: string }[];
  badRowCount: number;
}

export interface DraftColumn {
  name: string;
  /** Its name in the files. */
  source: string;
  modality: Modality | "ignored";
  rule: string;
  chosen: boolean;
  examples: string[];
  values: number;
  missing: number;
  /** How missing values are written, with their counts, commonest first; "" is an empty field. */
  markers: { marker: string; count: number }[];
  distinct: number;
}

export interface DraftClass {
  name: string;
  rows: Record<SplitName, number>;
}

/** So many classes and bad rows are shown; the plan has them all. */
const MOST_SHOWN = 50;

export function draftOf(plan: ImportPlan): ImportDraft {
  const { about, metric, tables, labels, labelOf, splits, notes } = plan;
  const rows = new Map(labels.classes.map((name) => [name, { train: 0, validation: 0, test: 0 }]));
  for (const split of SPLIT_NAMES) {
    const values = labelOf.get(splits[split].role) ?? [];
    for (const row of splits[split].rows) {
      const counts = rows.get(values[row] ?? "");
      if (counts) counts[split]++;
    }
  }
  const classes = [...rows].map(([name, counts]) => ({ name, rows: counts }));
  classes.sort((a, b) => b.rows.train - a.rows.train);
  return {
    about,
    metric,
    track: about.track,
    files: tables.map(({ role, file, how, rows: count, badRows }) => ({
      role,
      file,
      how,
      rows: count,
      badRows: badRows.slice(0, MOST_SHOWN),
      badRowCount: badRows.length,
    })),
    columns: plan.columns.map(draftColumn),
    id: plan.id.rule,
    label: { column: about.label, rule: labels.rule, classes: classes.slice(0, MOST_SHOWN) },
    splits: {
      train: { rows: splits.train.rows.length, how: splits.train.how },
      validation: { rows: splits.validation.rows.length, how: splits.validation.how },
      test: { rows: splits.test.rows.length, how: splits.test.how },
    },
    notes,
  };
}

function draftColumn({ name, source, decision, chosen, facts }: PlannedColumn): DraftColumn {
  const { reading } = decision;
  const words = reading.kind === "text" ? (reading.words ?? []) : [];
  const markers = [...facts.markers].filter(([marker]) => !words.includes(marker));
  const missing = markers.reduce((sum, [, count]) => sum + count, 0);
  return {
    name,
    source,
    modality: decision.modality,
    rule: decision.rule,
    chosen,
    examples: facts.kinds.has("picture") ? [] : facts.examples.map((value) => value.slice(0, 120)),
    values: facts.rows - missing,
    missing,
    markers: markers.map(([marker, count]) => ({ marker, count })).sort((a, b) => b.count - a.count),
    distinct: facts.distinct,
  };
}
