import { Fault, z } from "../base";
import { looseConfig } from "../notebook";
import { SPLIT_NAMES } from "../tasks";

/** The settings of the configuration cells: chart, model, score. Each is YAML text, read by `readConfig`. */

export const CHART_TYPES = ["bar", "line", "scatter", "histogram", "box", "heat"] as const;

export const chartSchema = z.strictObject({
  source: z.string().min(1),
  type: z.enum(CHART_TYPES).default("bar"),
  x: z.string().min(1),
  y: z.string().min(1).optional(),
  color: z.string().min(1).optional(),
  title: z.string().optional(),
});
export type ChartSpec = z.infer<typeof chartSchema>;

export const oneOrMany = z.union([
  z
    .string()
    .min(1)
    .transform((name) => [name]),
  z.array(z.string().min(1)).min(1),
]);

/** YAML takes `[columns(a, b), c]` apart at every comma; what stands in one pair of brackets belongs together. */
export function joinedCalls(items: readonly string[]): string[] {
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

/** Keys of a model cell that are no setting of its learner. */
export const OWN_KEYS: readonly string[] = ["learner", "model", "inputs", "seed", "provider"];

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

/** One entry of a model cell's `inputs`. Without names it means every column that fits. */
export type ModelInput =
  | { kind: "cell"; name: string; features?: string[] }
  | { kind: "columns"; names: string[] | undefined }
  | { kind: "embed"; modality: "text" | "image"; names: string[] | undefined };

/**
 * Reads `features`, `features(a, b)`, `columns`, `columns(a, b)`, `embed:text(a)` or `embed:image(b)`.
 * @throws Fault `input-form` for anything else
 */
export function readInput(text: string, cell: string): ModelInput {
  const call = /^(columns|embed:\s*(\w+))(?:\((.*)\))?$/.exec(text.trim());
  if (call) {
    const [, what, modality] = call;
    const names = namesIn(call[3]);
    if (names && names.length === 0)
      throw new Fault("input-form", `"${cell}" takes \`${what}()\` without a column`, {
        hint: `Write \`${what}\` for all of them, or \`${what}(name, vendor)\`.`,
        where: { cell },
      });
    if (what === "columns") return { kind: "columns", names };
    if (modality === "text" || modality === "image") return { kind: "embed", modality, names };
    throw new Fault("input-form", `"${cell}" cannot embed "${modality}": there are encoders of text and image`, {
      hint: "Write `embed:text(title)` or `embed:image(photo)`.",
      where: { cell },
    });
  }
  const named = CELL.exec(text.trim());
  if (named) {
    const features = namesIn(named[2]);
    return { kind: "cell", name: named[1], ...(features && features.length > 0 && { features }) };
  }
  throw new Fault("input-form", `"${cell}" cannot read the input "${text}"`, {
    hint: "An input is the name of a feature cell, some of its features (`features(length, words)`), `columns`, `columns(name, vendor)`, `embed:text(name)` or `embed:image(photo)`.",
    where: { cell },
  });
}

/** A cell's name, and in brackets some of what it gives. */
const CELL = /^([A-Za-z_][A-Za-z0-9_]*)(?:\((.*)\))?$/;

function namesIn(list: string | undefined): string[] | undefined {
  return list
    ?.split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

/** The names in a setting that are cells, whatever else is wrong with the text: what the graph needs to know. */
export function namesInSetting(source: string, key: string): string[] {
  return listsIn(looseConfig(source)[key]).flatMap((items) =>
    joinedCalls(items).flatMap((item) => {
      const name = CELL.exec(item.trim())?.[1];
      return name !== undefined && name !== "columns" ? [name] : [];
    }),
  );
}

/** A text, a list of texts, or such by name. */
function listsIn(value: unknown): string[][] {
  if (typeof value === "string") return [[value]];
  if (Array.isArray(value)) return [value.filter((item) => typeof item === "string")];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(listsIn) : [];
}
