import { hashOf } from "../../src/base";
import { exportPlan, type ModelEntry, packOutOfFold } from "../../src/learners";
import type { FittedPlan } from "../../src/learners/export";
import { PictureStore } from "../../src/learners/pictures";
import { readTaskRows, type TaskRows } from "./data";
import { describeInputs, runOnnx } from "./onnx";
import { checkParity, checkRounding } from "./parity";
import { idOf, READS, type Reads, type TaskBaselines } from "./suite";
import { type Measured, measure, measureTrivial, type Trained, train } from "./train";

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
  const variants = [measureTrivial(data)];
  const built: Built[] = [];
  for (const reads of READS) {
    const title = baselines.titles[reads];
    if (title === undefined) continue;
    const started = Date.now();
    const trained = await train({ ...data, pairs }, baselines, reads, store);
    const made = await filesOf(data, trained, { reads, title, code, folds: baselines.folds });
    const { validation } = made.entry.scores;
    made.entry.scores.variants = reads === "all" ? [...variants] : variants.slice(0, 1);
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
  const exact = quantised ? await exactly(fitted, id, inputs, data) : probabilities;
  checkParity(id, exact, trained.validation, { classes: data.classes.length, stacks: stacksTrees(fitted) });
  if (quantised) checkRounding(id, probabilities, trained.validation, data.classes.length);
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

async function exactly(fitted: FittedPlan, name: string, inputs: Trained["inputs"], { validation }: TaskRows) {
  const { onnx, sidecar } = exportPlan(fitted, { name, inputs, quantised: false });
  return runOnnx(onnx, sidecar, validation);
}

const stacksTrees = ({ members }: FittedPlan): boolean =>
  members.some(({ member, fitted }) => fitted.learner === "gbdt" && member.stack.length > 0);

export const shown = ({ metric, value, low, high }: Measured): string =>
  `${metric} ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
