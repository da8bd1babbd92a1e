import {
  type CellValue,
  EXPLAIN_COLUMNS,
  EXPLAIN_PARTS,
  LEARNERS,
  SCORE_COLUMNS,
  SETTINGS,
  type Setting,
} from "../../cells";
import type { CodeCell, CodeKind } from "../../notebook";
import { type CellState, lastOf } from "../../runtime";
import { TRACK_METRICS } from "../../scoring";
import type { TaskManifest } from "../../tasks";
import type { ConfigField } from "../notebook/ConfigForm";

export interface FormContext {
  others: readonly CodeCell[];
  states: ReadonlyMap<string, CellState<CellValue>>;
  manifest: TaskManifest | undefined;
}

const THRESHOLD: ConfigField = {
  key: "threshold",
  label: "Threshold",
  type: "number",
  optional: true,
  placeholder: "auto: each model's own, else 0.5",
};

const sliceField = (options: string[]): ConfigField => ({
  key: "slices",
  label: "By slice",
  type: "multi",
  options,
  optional: true,
});

/** The form of a configuration cell: which settings, and what each may be, in this notebook and on this task. */
export function formFields(kind: CodeKind, value: Record<string, unknown>, context: FormContext): ConfigField[] {
  const named = (...kinds: CodeKind[]): string[] =>
    context.others.filter((cell) => kinds.includes(cell.kind)).map((cell) => cell.name);
  switch (kind) {
    case "chart": {
      const columns = sourceColumns(String(value.source ?? ""), context);
      return [
        {
          key: "source",
          label: "Source",
          type: "select",
          options: [...named("sql", "ts", "model", "score", "explain"), "train"],
        },
        { key: "type", label: "Type", type: "select", options: ["bar", "line", "scatter", "histogram"] },
        { key: "x", label: "x", type: "select", options: columns },
        { key: "y", label: "y", type: "select", options: columns, optional: true },
        { key: "color", label: "Colour", type: "select", options: columns, optional: true },
      ];
    }
    case "model":
      return "model" in value
        ? [
            { key: "model", label: "ONNX model", type: "select", options: context.manifest?.baselines ?? [] },
            { key: "provider", label: "Provider", type: "select", options: ["auto", "webgpu", "wasm"] },
          ]
        : [
            { key: "learner", label: "Learner", type: "select", options: LEARNERS },
            { key: "inputs", label: "Inputs", type: "multi", options: inputOptions(value.learner, named) },
            { key: "seed", label: "Seed", type: "number", placeholder: "0" },
            ...settingsOf(value.learner).map(settingField),
          ];
    case "score":
      return [
        { key: "predictions", label: "Predictions", type: "multi", options: named("model") },
        {
          key: "metric",
          label: "Metric",
          type: "select",
          options: context.manifest ? TRACK_METRICS[context.manifest.track] : [],
          optional: true,
        },
        ...(context.manifest?.track === "matching" ? [THRESHOLD] : []),
        ...(named("sql").length > 0 ? [sliceField(named("sql"))] : []),
      ];
    case "explain":
      return [
        { key: "predictions", label: "Model", type: "select", options: named("model") },
        { key: "show", label: "Show", type: "multi", options: [...EXPLAIN_PARTS], optional: true },
        { key: "rounds", label: "Rounds", type: "number", optional: true, placeholder: "10" },
        { key: "seconds", label: "Seconds", type: "number", optional: true, placeholder: "90" },
        { key: "seed", label: "Seed", type: "number", optional: true, placeholder: "0" },
      ];
    default:
      return [];
  }
}

/** A blend reads models alone. */
function inputOptions(learner: unknown, named: (...kinds: CodeKind[]) => string[]): string[] {
  return learner === "blend" ? named("model") : [...named("ts", "model"), "columns"];
}

function settingsOf(learner: unknown): readonly Setting[] {
  const known = LEARNERS.find((name) => name === (learner ?? "linear"));
  return known ? SETTINGS[known] : [];
}

function settingField({ name, title, default: usual, ...setting }: Setting): ConfigField {
  const shared = { key: name, label: title, optional: true, placeholder: String(usual) };
  return setting.kind === "choice"
    ? { ...shared, type: "select", options: setting.choices }
    : { ...shared, type: "number" };
}

function sourceColumns(source: string, { others, states, manifest }: FormContext): string[] {
  if (source === "train")
    return manifest ? [...manifest.columns.map((column) => column.name), manifest.label.column] : [];
  const cell = others.find((other) => other.name === source);
  const value = cell && lastOf(states.get(cell.id) ?? { status: "idle" })?.value;
  if (value?.kind === "relation") return value.relation.columns.map((column) => column.name);
  if (value?.kind === "features") return value.columns.map((column) => column.name);
  if (value?.kind === "predictions")
    return ["id", "split", "label", "prediction", ...value.classes.map((name) => `p_${name}`)];
  if (value?.kind === "score") return SCORE_COLUMNS.map((column) => column.name);
  if (value?.kind === "explanation") return EXPLAIN_COLUMNS.map((column) => column.name);
  return [];
}
