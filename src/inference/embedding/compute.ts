import { type CallOptions, Fault, throwIfAborted } from "../../base";
import type { Inference, RunResult } from "../client";
import { padRows, type Tensor } from "../tensors";
import type { Prepared } from "./recipe";
import type { Embedded, EmbedValue, LoadedEncoder } from "./vectors";

export interface Work {
  values: readonly EmbedValue[];
  describe: (at: number) => string | undefined;
  found: (at: number, vector: Float32Array) => void;
  call: Pick<CallOptions, "signal" | "onProgress">;
}

/** Values that are made the encoder's input at a time. */
const PREPARED = 512;
/** Pieces of text and pictures that are run at a time: a quarter of a second or so, so that a stop is soon heard. */
const PIECES_A_RUN = 768;
const PICTURES_A_RUN = 64;

/** Computes the vectors of distinct values, and tells how. */
export async function computeVectors(
  inference: Inference,
  encoder: LoadedEncoder,
  work: Work,
): Promise<Embedded["computed"]> {
  const { run, told } = createRunner(inference, encoder, work);
  if (encoder.recipe.kind === "text") await ofTexts(inference, encoder, work, run);
  else await ofPictures(inference, encoder, work, encoder.recipe.size, run);
  return told();
}

/** All texts are cut into pieces first, and texts of one length run together: nothing is padded, nothing computed in vain. */
async function ofTexts(inference: Inference, encoder: LoadedEncoder, work: Work, run: Run): Promise<void> {
  const byLength = new Map<number, { at: number[]; ids: Int32Array[] }>();
  for (let from = 0; from < work.values.length; from += PREPARED) {
    const prepared = await inference.prepare(encoder.id, work.values.slice(from, from + PREPARED), work.call);
    if (prepared.kind !== "text") throw new Error("texts were prepared as something else");
    let start = 0;
    prepared.lengths.forEach((length, i) => {
      const group = byLength.get(length) ?? { at: [], ids: [] };
      byLength.set(length, group);
      group.at.push(from + i);
      group.ids.push(prepared.ids.subarray(start, start + length));
      start += length;
    });
  }
  const lengths = [...byLength.keys()].filter((length) => length > 0).sort((a, b) => a - b);
  for (const length of lengths) {
    const { at, ids } = byLength.get(length) ?? { at: [], ids: [] };
    const rows = Math.max(1, Math.floor(PIECES_A_RUN / length));
    for (let from = 0; from < at.length; from += rows) {
      const own = ids.slice(from, from + rows);
      const data = new Int32Array(own.length * length);
      for (const [i, row] of own.entries()) data.set(row, i * length);
      await run(at.slice(from, from + rows), { type: "int32", dims: [own.length, length], data });
    }
  }
}

async function ofPictures(
  inference: Inference,
  encoder: LoadedEncoder,
  work: Work,
  size: number,
  run: Run,
): Promise<void> {
  for (let from = 0; from < work.values.length; from += PICTURES_A_RUN) {
    const values = work.values.slice(from, from + PICTURES_A_RUN);
    const prepared: Prepared = await inference.prepare(encoder.id, values, work.call);
    if (prepared.kind === "unreadable") {
      const { code, message, hint } = prepared.fault;
      const place = work.describe(from + prepared.at);
      throw new Fault(code, place ? `${message} (${place})` : message, { hint });
    }
    if (prepared.kind !== "image") throw new Error("pictures were prepared as something else");
    const at = values.map((_, i) => from + i);
    await run(at, { type: "uint8", dims: [values.length, size, size, 4], data: prepared.pixels });
  }
}

type Run = (at: number[], rows: Tensor) => Promise<void>;

/** Runs rows, hands out their vectors and tells how far it is. */
function createRunner(
  inference: Inference,
  { id, input, output }: LoadedEncoder,
  work: Work,
): { run: Run; told: () => Embedded["computed"] } {
  const { signal, onProgress } = work.call;
  const all = work.values.length;
  let done = 0;
  let runMs = 0;
  let last: Pick<RunResult, "provider" | "reason"> | undefined;
  const run: Run = async (at, rows) => {
    throwIfAborted(signal);
    // A row alone runs by another kernel, with other last digits; beside another it has those of any batch.
    const feeds = { [input]: rows.dims[0] === 1 ? padRows(rows, 2) : rows };
    const batch = feeds[input].dims[0];
    const result = await inference.run(id, feeds, { provider: "auto", batch, rowsInAll: all, signal });
    last = result;
    runMs += result.runMs;
    const { data, dims } = result.outputs[output];
    if (!(data instanceof Float32Array)) throw new Error(`the encoder ${id} gives no numbers`);
    const width = dims[dims.length - 1];
    at.forEach((place, i) => {
      work.found(place, data.slice(i * width, (i + 1) * width));
    });
    done += at.length;
    onProgress?.({ done: done / all, note: `encoder: ${done.toLocaleString("en")} of ${all.toLocaleString("en")}` });
  };
  return { run, told: () => last && { values: done, provider: last.provider, reason: last.reason, runMs } };
}
