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
/** Texts whose pieces are held at a time. */
const TEXTS_TOGETHER = 4096;
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

/**
 * Texts are cut into pieces, a few thousand at a time, and those of one length run together: nothing is padded, nothing
 * computed in vain, and a reader soon sees how far it is.
 */
async function ofTexts(inference: Inference, encoder: LoadedEncoder, work: Work, run: Run): Promise<void> {
  for (let from = 0; from < work.values.length; from += TEXTS_TOGETHER) {
    const byLength = await cutTexts(
      inference,
      encoder,
      work,
      from,
      Math.min(from + TEXTS_TOGETHER, work.values.length),
    );
    const lengths = [...byLength.keys()].filter((length) => length > 0).sort((a, b) => a - b);
    for (const length of lengths) {
      const { at, ids } = byLength.get(length) ?? { at: [], ids: [] };
      const rows = Math.max(1, Math.floor(PIECES_A_RUN / length));
      for (let start = 0; start < at.length; start += rows) {
        const own = ids.slice(start, start + rows);
        const data = new Int32Array(own.length * length);
        for (const [i, row] of own.entries()) data.set(row, i * length);
        await run(at.slice(start, start + rows), { type: "int32", dims: [own.length, length], data });
      }
    }
  }
}

/** The pieces of the texts from `from` to before `to`, by how many they are. */
async function cutTexts(
  inference: Inference,
  encoder: LoadedEncoder,
  { values, call }: Work,
  from: number,
  to: number,
): Promise<Map<number, { at: number[]; ids: Int32Array[] }>> {
  const byLength = new Map<number, { at: number[]; ids: Int32Array[] }>();
  for (let at = from; at < to; at += PREPARED) {
    const prepared = await inference.prepare(encoder.id, values.slice(at, Math.min(at + PREPARED, to)), call);
    if (prepared.kind !== "text") throw new Error("texts were prepared as something else");
    let start = 0;
    for (const [i, length] of prepared.lengths.entries()) {
      const group = byLength.get(length) ?? { at: [], ids: [] };
      byLength.set(length, group);
      group.at.push(at + i);
      group.ids.push(prepared.ids.subarray(start, start + length));
      start += length;
    }
  }
  return byLength;
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
