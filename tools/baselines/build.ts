import { hashOf } from "../../src/base";
import { exportPlan, type ModelEntry, packOutOfFold } from "../../src/learners";
import type { FittedPlan } from "../../src/learners/export";
import { PictureStore } from "../../src/learners/pictures";
import { readTaskRows, type TaskRows } from "./data";
import { describeInputs, runOnnx } from "./onnx";
import { idOf, READS, type Reads, type TaskBaselines } from "./suite";
import { type Measured, measure, measureMajority, type Trained, train } from "./train";

export interface Built {
  entry: ModelEntry;
  /** By the names of the entry. */
  files: Record<string, Uint8Array>;
}

/** Sparse weights above this are stored as bytes. */
const MOST_BYTES = 500_000;

/** Trains the baselines of a task, each by what it reads, and measures the very files on validation. Writes nothing. */
export async function build(
  baselines: TaskBaselines,
  samples: string,
  code: string,
  say: (line: string) => void,
): Promise<Built[]> {
  const data = await readTaskRows(samples, baselines.task);
  const pairs = data.task.track === "matching";
  const store = new PictureStore();
  const variants = [{ name: "majority", ...measureMajority(data) }];
  const built: Built[] = [];
  for (const reads of READS) {
    const title = baselines.titles[reads];
    if (title === undefined) continue;
    const started = Date.now();
    const trained = await train({ ...data, pairs }, baselines, reads, store);
    const made = await filesOf(data, trained, { reads, title, code, folds: baselines.folds });
    const { validation } = made.entry.scores;
    if (reads === "all") Object.assign(made.entry, noteOf(validation, variants));
    made.entry.scores.variants = reads === "all" ? variants : variants.slice(0, 1);
    variants.push({ name: NAMES[reads], ...validation });
    built.push(made);
    const sizes = Object.entries(made.files).map(([name, bytes]) => `${name} ${Math.round(bytes.length / 1000)} kB`);
    say(
      `${reads}: ${shown(validation)}, ${trained.words}; ${sizes.join(", ")}; ${((Date.now() - started) / 1000).toFixed(0)} s`,
    );
  }
  return built;
}

const NAMES: Record<Reads, string> = { text: "text", table: "numbers and categories", image: "image", all: "all" };

/** Why a fusion that a part of it beats is kept. */
function noteOf(fusion: Measured, parts: readonly (Measured & { name: string })[]): { note?: string } {
  const better = parts.filter(({ value }) => value >= fusion.value);
  if (better.length === 0) return {};
  const names = better.map(({ name }) => name).join(" and ");
  return {
    note: `On these validation rows ${names} alone ${better.length > 1 ? "do" : "does"} as well; the interval of this score holds both.`,
  };
}

async function filesOf(
  data: TaskRows,
  trained: Trained,
  { reads, title, code, folds }: { reads: Reads; title: string; code: string; folds: number },
): Promise<Built> {
  const { fitted, inputs, threshold, outOfFold } = trained;
  const id = idOf(data.task.id, reads);
  const quantised = sparseBytes(fitted) > MOST_BYTES;
  const { onnx, sidecar } = exportPlan(fitted, { name: id, inputs, quantised });
  const probabilities = await runOnnx(onnx, sidecar, data.validation);
  checkParity(id, probabilities, trained.validation, data.classes.length, quantised);
  const text = new TextEncoder().encode(`${JSON.stringify(sidecar)}\n`);
  const files: Record<string, Uint8Array> = { [`${id}.onnx`]: onnx, [`${id}.json`]: text };
  const packed = reads === "all" ? await packOutOfFold(outOfFold, data.classes.length, folds) : undefined;
  if (packed) files[`${id}.oof`] = packed.bytes;
  return {
    files,
    entry: {
      kind: "classifier",
      id,
      title,
      task: data.task.id,
      reads,
      file: `${id}.onnx`,
      sha256: hashOf(onnx),
      bytes: onnx.length,
      sidecar: `${id}.json`,
      sidecarSha256: hashOf(text),
      inputs: await describeInputs(sidecar, data.validation),
      classes: data.classes,
      ...(threshold !== undefined && { threshold }),
      ...(packed && {
        outOfFold: { ...packed.shape, file: `${id}.oof`, sha256: hashOf(packed.bytes), bytes: packed.bytes.length },
      }),
      trained: { dataSha256: data.dataSha256, rows: data.train.ids.length, code },
      scores: { validation: measure(data, probabilities, threshold), variants: [] },
    },
  };
}

const sparseBytes = ({ members }: FittedPlan): number =>
  members.reduce((sum, { fitted }) => sum + (fitted.learner === "linear" ? fitted.model.sparse.byteLength : 0), 0);

/**
 * What a file's probabilities may be off from the tab's own, summed over a row's classes, in the mean: a rounding error may
 * carry single rows over a threshold of the trees, and quantised weights are off by some thousandths.
 */
const TOLERANCE = { exact: 1e-5, quantised: 0.006 };

/** A model that says something else than it was made of is never written. */
function checkParity(id: string, onnx: Float64Array, own: Float64Array, classes: number, quantised: boolean): void {
  const total = own.reduce((sum, value, i) => sum + Math.abs(value - onnx[i]), 0);
  const mean = (total * classes) / own.length;
  if (mean <= (quantised ? TOLERANCE.quantised : TOLERANCE.exact)) return;
  throw new Error(`${id}: the ONNX file is off by ${mean} a row from the model that it was made of`);
}

export const shown = ({ metric, value, low, high }: Measured): string =>
  `${metric} ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
