import { ChartColumn, Code, Database, Gauge, Lightbulb, type LucideIcon, Pilcrow, Sparkles } from "lucide-react";
import type { CellKind } from "../../notebook";

/** How the kinds of cells are called and shown, in the order in which one inserts them. */
export const KINDS: Record<CellKind, { label: string; icon: LucideIcon; about: string }> = {
  sql: { label: "SQL", icon: Database, about: "Ask the task's tables" },
  ts: { label: "TypeScript", icon: Code, about: "Make features, or compute anything" },
  chart: { label: "Chart", icon: ChartColumn, about: "Draw a table" },
  model: { label: "Model", icon: Sparkles, about: "Fit a learner, or run an ONNX model" },
  score: { label: "Score", icon: Gauge, about: "Metrics with intervals, on a public split" },
  explain: { label: "Explain", icon: Lightbulb, about: "What a model's score comes from" },
  prose: { label: "Text", icon: Pilcrow, about: "Words in Markdown" },
};
