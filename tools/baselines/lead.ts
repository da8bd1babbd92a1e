import type { ModelEntry } from "../../src/learners";

/** How far a fusion is ahead of the best of its single modalities, by their scores on validation; higher is better. */
interface Lead {
  best: ModelEntry["scores"]["variants"][number];
  by: number;
  /** Whether the fusion's score is above the best part's 95 % interval. */
  clear: boolean;
}

/** Undefined for a model of one modality. */
function leadOf({ reads, scores: { validation, variants } }: Pick<ModelEntry, "reads" | "scores">): Lead | undefined {
  if (reads !== "all") return undefined;
  const best = variants.slice(1).reduce((best, part) => (part.value > best.value ? part : best));
  return { best, by: validation.value - best.value, clear: validation.value > best.high };
}

/** What a reader should know of a fusion whose lead is none, or none that its rows show. */
export function noteOf(model: Pick<ModelEntry, "reads" | "scores">): string | undefined {
  const lead = leadOf(model);
  if (!lead || lead.clear) return undefined;
  const { best, by } = lead;
  const ahead =
    by > 0 ? `are ahead of ${best.name} alone by ${by.toFixed(3)} only` : `are not ahead of ${best.name} alone`;
  return `On these validation rows all columns together ${ahead}: ${model.scores.validation.metric} ${model.scores.validation.value.toFixed(3)} lies within the 95 % interval of ${best.value.toFixed(3)} (${best.low.toFixed(3)} to ${best.high.toFixed(3)}). These rows do not tell the two apart.`;
}

/** The shipped models as a table of a document: a task a row, a column for what they read. */
export function baselineTable(models: readonly ModelEntry[]): string {
  const tasks = [...new Set(models.map(({ task }) => task))];
  const columns = ["text", "table", "image"] as const;
  const rows = tasks.map((task) => {
    const own = models.filter((model) => model.task === task);
    const fusion = own.find(({ reads }) => reads === "all");
    const lead = fusion && leadOf(fusion);
    if (!lead) throw new Error(`${task} has no fusion`);
    const { validation, variants } = fusion.scores;
    const scoreOf = (reads: string) => own.find((model) => model.reads === reads)?.scores.validation.value.toFixed(3);
    return [
      task,
      validation.metric,
      variants[0].value.toFixed(3),
      ...columns.map((reads) => scoreOf(reads) ?? ""),
      `${validation.value.toFixed(3)} (${validation.low.toFixed(3)} to ${validation.high.toFixed(3)})`,
      lead.clear
        ? `+${lead.by.toFixed(3)} over ${lead.best.name}`
        : `${lead.by.toFixed(3)} over ${lead.best.name}: within its interval, ${lead.best.low.toFixed(3)} to ${lead.best.high.toFixed(3)}`,
    ];
  });
  const head = ["task", "metric", "no column", "texts", "numbers and categories", "pictures", "all", "lead of all"];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const unclear = models.flatMap(({ id, note }) => (note === undefined ? [] : [`* \`${id}\`: ${note}`]));
  return [lines.join("\n"), ...(unclear.length > 0 ? [unclear.join("\n")] : [])].join("\n\n");
}
