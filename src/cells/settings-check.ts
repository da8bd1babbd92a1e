import { Fault, type FaultData, suggest } from "../base";
import { readLearnerName, readSettings } from "../learners";
import { type CodeCell, placeInConfig, readConfig } from "../notebook";
import { TRACK_METRICS } from "../scoring";
import { SPLIT_NAMES, type TaskManifest } from "../tasks";
import { chartSchema, modelSchema, OWN_KEYS, readInput, scoreSchema } from "./settings";

/** What is known around a configuration cell; what is not known yet is not checked. */
export interface Surroundings {
  /** The other cells. */
  cells: readonly Pick<CodeCell, "name" | "kind">[];
  manifest: TaskManifest | undefined;
  /** The columns of a table or of a cell's result. */
  columnsOf: (name: string) => readonly string[] | undefined;
}

type Refuse = (key: string, message: string, hint?: string) => void;

/** What is wrong with a configuration cell's text as it stands, at its line; nothing is run for it. */
export function settingsFault(
  cell: Pick<CodeCell, "kind" | "name" | "source">,
  around: Surroundings,
): FaultData | undefined {
  const refuse: Refuse = (key, message, hint) => {
    throw new Fault("config", message, {
      ...(hint && { hint }),
      where: { cell: cell.name, ...placeInConfig(cell.source, key) },
    });
  };
  try {
    if (cell.kind === "chart") checkChart(cell, around, refuse);
    if (cell.kind === "model") checkModel(cell, around, refuse);
    if (cell.kind === "score") checkScore(cell, around, refuse);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.toData();
    throw error;
  }
}

type Checked = Pick<CodeCell, "name" | "source">;

function checkChart({ name, source }: Checked, around: Surroundings, refuse: Refuse): void {
  const spec = readConfig(chartSchema, source, name);
  needName("source", spec.source, [...SPLIT_NAMES, ...around.cells.map((each) => each.name)], refuse);
  const columns = around.columnsOf(spec.source);
  if (columns)
    for (const key of ["x", "y", "color"] as const) {
      const column = spec[key];
      if (column !== undefined && !columns.includes(column))
        refuse(key, `"${spec.source}" has no column "${column}"`, suggest(column, columns));
    }
  if (spec.y === undefined && (spec.type === "line" || spec.type === "scatter" || spec.type === "heat"))
    refuse("type", `A ${spec.type} chart needs a column for y`, "Add a line like `y: price`.");
}

function checkModel({ name, source }: Checked, around: Surroundings, refuse: Refuse): void {
  const settings = readConfig(modelSchema, source, name);
  const known = around.cells.filter(({ kind }) => kind === "ts" || kind === "model").map((each) => each.name);
  const columns = around.manifest?.columns.map((column) => column.name);
  for (const text of settings.inputs ?? []) {
    const input = guarded("inputs", () => readInput(text, name), refuse);
    if (input.kind === "cell") needName("inputs", input.name, [...known, "columns"], refuse);
    else if (columns)
      for (const column of input.names ?? [])
        if (!columns.includes(column)) refuse("inputs", `The task has no column "${column}"`, suggest(column, columns));
  }
  const baselines = around.manifest?.baselines;
  if (settings.model !== undefined && baselines && !baselines.includes(settings.model))
    refuse("model", `This task has no ONNX model "${settings.model}"`, suggest(settings.model, baselines));
  if (settings.learner === undefined) return;
  const learner = guarded("learner", () => readLearnerName(settings.learner), refuse);
  for (const [key, value] of Object.entries(settings))
    if (!OWN_KEYS.includes(key)) guarded(key, () => readSettings(learner, { [key]: value }), refuse);
}

function checkScore({ name, source }: Checked, around: Surroundings, refuse: Refuse): void {
  const settings = readConfig(scoreSchema, source, name);
  const models = around.cells.filter(({ kind }) => kind === "model").map((each) => each.name);
  for (const each of settings.predictions) needName("predictions", each, models, refuse, "model cell");
  const track = around.manifest?.track;
  if (!track) return;
  const { metric } = settings;
  if (metric !== undefined && !TRACK_METRICS[track].some((known) => known === metric))
    refuse("metric", `"${metric}" is no metric of the ${track} track`, suggest(metric, TRACK_METRICS[track]));
  if (track !== "matching" && settings.threshold !== "auto")
    refuse("threshold", "A classification predicts the likeliest class: it has no threshold", "Take this line out.");
}

function needName(key: string, name: string, known: readonly string[], refuse: Refuse, what = "cell"): void {
  if (!known.includes(name)) refuse(key, `No ${what} is named "${name}"`, suggest(name, known));
}

/** A fault that knows no line gets the key's. */
function guarded<T>(key: string, work: () => T, refuse: Refuse): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) refuse(key, error.message, error.hint);
    throw error;
  }
}
