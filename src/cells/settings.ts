import { Fault, z } from "../base";
import { looseConfig } from "../notebook";
import { SPLIT_NAMES } from "../tasks";

/** The settings of the configuration cells: chart, model, score. Each is YAML text, read by `readConfig`. */

export const chartSchema = z.strictObject({
  source: z.string().min(1),
  type: z.enum(["bar", "line", "scatter", "histogram"]).default("bar"),
  x: z.string().min(1),
  y: z.string().min(1).optional(),
  color: z.string().min(1).optional(),
  title: z.string().optional(),
});
export type ChartSpec = z.infer<typeof chartSchema>;

const oneOrMany = z.union([
  z
    .string()
    .min(1)
    .transform((name) => [name]),
  z.array(z.string().min(1)).min(1),
]);

/** YAML takes `[columns(a, b), c]` apart at every comma; what stands in one pair of brackets belongs together. */
function joinedCalls(items: readonly string[]): string[] {
  const joined: string[] = [];
  let open = "";
  for (const item of items) {
    open = open === "" ? item : `${open}, ${item}`;
    if (open.split("(").length > open.split(")").length) continue;
    joined.push(open);
    open = "";
  }
  return open === "" ? joined : [...joined, open];
}

export const modelSchema = z
  .looseObject({
    learner: z.string().optional(),
    model: z.string().optional(),
    inputs: oneOrMany.transform(joinedCalls).optional(),
    seed: z.number().int().default(0),
    provider: z.enum(["auto", "webgpu", "wasm"]).default("auto"),
  })
  .refine((settings) => (settings.learner === undefined) !== (settings.model === undefined), {
    message: "give either `learner: linear` (to fit one) or `model: <id>` (to run an ONNX model)",
  });
export type ModelSettings = z.infer<typeof modelSchema>;

const THRESHOLD_FORM = "give `auto` or a number from 0 to 1";

export const scoreSchema = z.strictObject({
  predictions: oneOrMany,
  split: z.enum(SPLIT_NAMES).default("validation"),
  metric: z.string().optional(),
  /** Matching only: predict a match from this probability on; `auto` is the model's own threshold, else 0.5. */
  threshold: z
    .union([z.literal("auto"), z.number()], THRESHOLD_FORM)
    .refine((value) => value === "auto" || (value >= 0 && value <= 1), THRESHOLD_FORM)
    .default("auto"),
  /** Cells whose rows have an `id`: the predictions are scored on those rows too. */
  slices: oneOrMany.optional(),
  seed: z.number().int().default(0),
});
export type ScoreSettings = z.infer<typeof scoreSchema>;

export const EXPLAIN_PARTS = ["importance", "ablation", "curve", "leaks"] as const;
export type ExplainPart = (typeof EXPLAIN_PARTS)[number];

const someParts = z.enum(EXPLAIN_PARTS);

export const explainSchema = z.strictObject({
  /** The model cell. */
  predictions: z.string().min(1),
  show: z.union([someParts.transform((part) => [part]), z.array(someParts).min(1)]).default([...EXPLAIN_PARTS]),
  split: z.enum(SPLIT_NAMES).default("validation"),
  metric: z.string().optional(),
  /** How often each column is shuffled. */
  rounds: z.number().int().min(2).max(100).default(10),
  /** At most so many rows are shuffled, drawn by the seed. */
  rows: z.number().int().min(20).default(1000),
  /** What is not begun by then is left out, and the result says so. */
  seconds: z.number().positive().default(90),
  seed: z.number().int().default(0),
});
export type ExplainSettings = z.infer<typeof explainSchema>;

/** One entry of a model cell's `inputs`. */
export type ModelInput = { kind: "cell"; name: string } | { kind: "columns"; names: string[] | undefined };

/**
 * Reads `features`, `columns` or `columns(a, b)`.
 * @throws Fault `input-form` for anything else
 */
export function readInput(text: string, cell: string): ModelInput {
  const call = /^columns(?:\((.*)\))?$/.exec(text.trim());
  if (call) {
    const names = call[1]
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    if (names && names.length === 0)
      throw new Fault("input-form", `"${cell}" takes \`columns()\` without a column`, {
        hint: "Write `columns` for all of them, or `columns(name, vendor)`.",
        where: { cell },
      });
    return { kind: "columns", names };
  }
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text.trim())) return { kind: "cell", name: text.trim() };
  throw new Fault("input-form", `"${cell}" cannot read the input "${text}"`, {
    hint: "An input is the name of a feature cell, `columns`, or `columns(name, vendor)`.",
    where: { cell },
  });
}

/** The names in a setting that are cells, whatever else is wrong with the text: what the graph needs to know. */
export function namesInSetting(source: string, key: string): string[] {
  const value = looseConfig(source)[key];
  const items = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
  return joinedCalls(items.filter((item): item is string => typeof item === "string"))
    .map((item) => item.trim())
    .filter((item) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(item) && item !== "columns");
}
