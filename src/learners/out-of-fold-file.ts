import { Fault, z } from "../base";

/** How out-of-fold predictions lie in their file. */
export const outOfFoldSchema = z.object({
  rows: z.number().int().positive(),
  classes: z.number().int().min(2),
  folds: z.number().int().min(2),
  /** What a byte counts, in natural logarithms: how far a class is behind the row's likeliest. */
  step: z.number().positive(),
  /** The byte of all that are this far behind, or farther. */
  farthest: z.number().int().min(1).max(255),
});

export type OutOfFoldShape = z.infer<typeof outOfFoldSchema>;

/** Fine enough that a probability is off by some 3 %, and never by more than 6.5. */
const STEP = 1 / 16;
const FARTHEST = 255;
/** With many classes most bytes tell of hopeless ones: coarser, and cut where a class has no chance. */
const MANY_CLASSES = 12;
const COARSE = { step: 1 / 8, farthest: 56 };

/**
 * Out-of-fold predictions, rows x classes in the order of train.parquet, as one byte each, deflated. A byte says by how
 * much a class is less likely than the row's likeliest, whose byte is 0; bytes lie class by class, which packs better.
 */
export async function packOutOfFold(
  probabilities: ArrayLike<number>,
  classes: number,
  folds: number,
): Promise<{ bytes: Uint8Array; shape: OutOfFoldShape }> {
  const rows = probabilities.length / classes;
  const scale = classes > MANY_CLASSES ? COARSE : { step: STEP, farthest: FARTHEST };
  const plain = new Uint8Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    let most = 0;
    for (let k = 0; k < classes; k++) most = Math.max(most, probabilities[row * classes + k]);
    for (let k = 0; k < classes; k++) {
      const behind = Math.log(most / probabilities[row * classes + k]) / scale.step;
      plain[k * rows + row] = Math.min(scale.farthest, Math.round(behind));
    }
  }
  return {
    bytes: await through(plain, new CompressionStream("deflate-raw")),
    shape: { rows, classes, folds, ...scale },
  };
}

/**
 * The probabilities, rows x classes; every row sums to one.
 * @throws Fault `model-damaged` for a file that is not what `shape` says
 */
export async function unpackOutOfFold(bytes: Uint8Array, shape: OutOfFoldShape, file: string): Promise<Float64Array> {
  const { rows, classes, step, farthest } = shape;
  const plain = await inflated(bytes, rows * classes).catch(() => undefined);
  if (!plain) {
    throw new Fault(
      "model-damaged",
      `Cannot read ${file}: it does not hold predictions of ${rows} rows and ${classes} classes`,
      {
        hint: "Load the page again, or train the baselines again: npm run baselines.",
        where: { file },
      },
    );
  }
  const levels = Float64Array.from({ length: farthest + 1 }, (_, byte) => Math.exp(-byte * step));
  const out = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    let total = 0;
    for (let k = 0; k < classes; k++) {
      const value = levels[Math.min(farthest, plain[k * rows + row])];
      out[row * classes + k] = value;
      total += value;
    }
    for (let k = 0; k < classes; k++) out[row * classes + k] /= total;
  }
  return out;
}

/** Inflates to exactly so many bytes, and never to more. */
async function inflated(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  const reader = streamOf(bytes).pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > length) {
      await reader.cancel();
      throw new Error("too long");
    }
    out.set(value, at);
    at += value.length;
  }
  if (at < length) throw new Error("too short");
  return out;
}

async function through(bytes: Uint8Array, transform: CompressionStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(streamOf(bytes).pipeThrough(transform)).arrayBuffer());
}

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new Blob([Uint8Array.from(bytes)]).stream();
