import { Fault, suggest } from "../../base";
import type { ModelInfo, Tensor } from "../../inference";
import type { OwnModelSettings } from "./settings";

/** The place in the model's order of each of the task's classes. */
export type ClassOrder = { own: readonly string[]; places: readonly number[] };

/**
 * The order of the classes as the reader confirmed it.
 * @throws Fault `model-classes` where it is not said, or names other classes than the task's
 */
export function classOrder(said: readonly string[] | undefined, classes: readonly string[]): ClassOrder {
  if (!said)
    throw new Fault("model-classes", "It is not said which of the model's numbers stands for which class", {
      hint: `Write them in the model's order: \`classes: [${classes.slice(0, 4).join(", ")}${classes.length > 4 ? ", …" : ""}]\`.`,
    });
  const twice = said.find((name, at) => said.indexOf(name) !== at);
  if (twice !== undefined) throw new Fault("model-classes", `The class "${twice}" stands twice in \`classes\``);
  const foreign = said.find((name) => !classes.includes(name));
  if (foreign !== undefined)
    throw new Fault("model-classes", `The model predicts a class "${foreign}", which this task does not have`, {
      hint: suggest(foreign, classes) ?? `The task's classes are ${classes.join(", ")}.`,
    });
  const absent = classes.find((name) => !said.includes(name));
  if (absent !== undefined)
    throw new Fault("model-classes", `The model predicts no class "${absent}", which this task has`, {
      hint: "Choose a model that was trained for this task's classes.",
    });
  return { own: said, places: classes.map((name) => said.indexOf(name)) };
}

/**
 * The output that holds the classes' scores: the one that is named, else the only one that fits.
 * @throws Fault `model-output`
 */
export function outputOf(info: ModelInfo, named: string | undefined, classes: number): string {
  const outputs = info.outputs.map(({ name }) => name);
  if (named !== undefined) {
    if (outputs.includes(named)) return named;
    throw new Fault("model-output", `The model has no output "${named}"`, { hint: suggest(named, outputs) });
  }
  const fitting = info.outputs.filter(({ type, shape }) => {
    if (type !== "float32" && type !== "float64") return false;
    const last = shape.length === 2 ? shape[1] : shape.length === 1 ? 1 : undefined;
    return typeof last === "string" || last === classes || (classes === 2 && last === 1);
  });
  if (fitting.length === 1) return fitting[0].name;
  const likely = fitting.filter(({ name }) => /prob|softmax|score/i.test(name));
  if (likely.length === 1) return likely[0].name;
  if (fitting.length > 1)
    throw new Fault("model-output", `The model has several outputs: ${fitting.map(({ name }) => name).join(", ")}`, {
      hint: `Say which holds the classes: \`output: ${fitting[0].name}\`.`,
    });
  const listed = info.outputs.map(({ name, type, shape }) =>
    type === "other" ? `"${name}" (no tensor)` : `"${name}" (${[type, shape.join(" x ")].filter(Boolean).join(" ")})`,
  );
  throw new Fault(
    "model-output",
    `No output of the model gives ${classes} numbers a row: it has ${listed.join(", ")}`,
    {
      hint: info.outputs.some(({ type }) => type === "other")
        ? "A scikit-learn model has to be exported with `zipmap: False`."
        : "Export the classifier with its probabilities as an output of float32.",
    },
  );
}

/**
 * A model's scores as probabilities in the task's order of classes, rows x classes.
 * @param first the number of the first row, for messages
 * @throws Fault `model-output` where they are no probabilities
 */
export function probabilitiesOf(
  output: Tensor | undefined,
  name: string,
  { own, places }: ClassOrder,
  scores: OwnModelSettings["scores"],
  place: { split: string; first: number; rows: number },
): Float64Array {
  const { rows } = place;
  if (!(output?.data instanceof Float32Array))
    throw new Fault("model-output", `The output "${name}" holds no numbers of float32`, {
      hint: "Export the classifier with its probabilities as an output of float32.",
    });
  const width = rows > 0 ? output.data.length / rows : 0;
  const single = width === 1 && own.length === 2;
  if (!single && width !== own.length)
    throw new Fault(
      "model-output",
      `The output "${name}" gives ${width} ${width === 1 ? "number" : "numbers"} a row (${output.dims.join(" x ")}), and there are ${own.length} classes`,
      { hint: "Name another output, or choose a model of this task's classes." },
    );
  const made = new Float64Array(rows * own.length);
  const row = new Float64Array(own.length);
  for (let r = 0; r < rows; r++) {
    if (single) {
      const score = output.data[r];
      row[1] = scores === "logits" ? 1 / (1 + Math.exp(-score)) : score;
      row[0] = 1 - row[1];
    } else {
      for (let k = 0; k < width; k++) row[k] = output.data[r * width + k];
      if (scores === "logits") softmax(row);
    }
    checkRow(row, name, scores, `row ${place.first + r + 1} of ${place.split}`);
    for (const [k, from] of places.entries()) made[r * own.length + k] = Math.min(1, Math.max(0, row[from]));
  }
  return made;
}

/** A float32 softmax over a thousand classes is off its sum by less. */
const TOLERANCE = 1e-3;

function checkRow(row: Float64Array, name: string, scores: OwnModelSettings["scores"], place: string): void {
  const sum = row.reduce((total, value) => total + value, 0);
  if (Number.isNaN(sum))
    throw new Fault("model-output", `The model gives no number for ${place}`, {
      hint: "Often a missing value is why: say what it is given as, `missing: 0`.",
    });
  const fine = row.every((value) => value >= -TOLERANCE && value <= 1 + TOLERANCE) && Math.abs(sum - 1) <= TOLERANCE;
  if (fine) return;
  const shown = Array.from(row.slice(0, 4), (value) => value.toPrecision(3)).join(", ");
  throw new Fault(
    "model-output",
    `"${name}" gives no probabilities: for ${place} it says ${shown}${row.length > 4 ? ", …" : ""}, and these sum to ${sum.toPrecision(3)}`,
    { hint: scores === "probabilities" ? "If they are logits, write `scores: logits`." : undefined },
  );
}

function softmax(row: Float64Array): void {
  const most = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let k = 0; k < row.length; k++) {
    row[k] = Math.exp(row[k] - most);
    sum += row[k];
  }
  for (let k = 0; k < row.length; k++) row[k] /= sum;
}
