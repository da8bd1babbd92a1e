import { Fault, suggest } from "../../base";
import type { BlockingAsk } from "../blocking/block";
import { CLASSIFICATION_METRICS, MATCHING_METRICS, type MetricName, type Modality, type Track } from "../manifest";
import { isSame } from "./header";
import { shown } from "./source";

/** What the reader says of the files; everything that is left out is inferred. */
export interface ImportAbout {
  title: string;
  track: Track;
  /** The label's column. */
  label: string;
  metric?: string;
  /** By column; for a matching task by the record's column, without the mark of the side. */
  modalities?: Record<string, Modality | "ignored">;
  /** The column that names the rows. */
  id?: string;
  /** Rows with one value here stay in one split, where splits are made. */
  group?: string;
  /** Of the splits that are made. */
  seed?: number;
  /** Candidate pairs are found here, of two tables of records and a list of known matches. */
  blocking?: BlockingAsk;
  /** Whether lines that are no rows refuse the file, which is so unless said otherwise, or are left out and listed. */
  badRows?: "refuse" | "set aside";
}

const METRICS: Record<Track, readonly MetricName[]> = {
  classification: CLASSIFICATION_METRICS,
  matching: MATCHING_METRICS,
};

export const metricsOf = (track: Track): readonly MetricName[] => METRICS[track];

/** @throws Fault `import-metric` for a metric that the track does not have */
export function metricFor({ track, metric }: Pick<ImportAbout, "track" | "metric">): MetricName {
  if (metric === undefined) return track === "matching" ? "f1" : "accuracy";
  const found = METRICS[track].find((each) => each === metric);
  if (found) return found;
  throw new Fault("import-metric", `Cannot score by ${shown(metric)}: that is no metric of the ${track} track`, {
    hint: suggest(metric, METRICS[track]),
  });
}

/** The column of this name; capitals do not matter where they are the only difference. */
export function findColumn(name: string, columns: readonly string[]): string | undefined {
  return columns.find((each) => each === name) ?? columns.find((each) => isSame(each, name));
}

/** Lower-case letters, digits and hyphens: what a task's id may hold. */
export function idFromTitle(title: string): string {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 48)
    .replace(/-+$/, "");
  return slug === "" ? "my-task" : slug;
}
