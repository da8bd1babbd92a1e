import type { FeatureTable } from "../feature-table";
import { KernelMemory } from "../kernels/memory";
import { softmax } from "../linear";
import { expOfNegative } from "../portable";
import { BinWriter, roomForBins } from "./binned";
import { gbdtKernel, upTo } from "./kernel";
import { type GbdtModel, outputsOf } from "./model";

/** Bins of so many bytes are taken through all trees at a time: they stay in the second-level cache. */
const BLOCK_BYTES = 200_000;

const LEAF = 128;

export function* predictGbdt(model: GbdtModel, table: FeatureTable): Generator<number, Float64Array> {
  const { classes, base, trees } = model;
  const outputs = outputsOf(classes);
  const memory = new KernelMemory();
  const kernel = gbdtKernel(memory);
  const width = upTo(model.features.length, 8);
  const block = Math.max(1024, Math.min(8192, upTo(BLOCK_BYTES / width, 64)));
  const binned = roomForBins(memory, block, model.features.length, width);
  const bins = binned.groups[0]?.at ?? 0;
  const writer = new BinWriter(memory, kernel, block);
  const scores = memory.room(Float32Array, block * outputs);
  const tableAt = memory.room(Uint8Array, 65536);
  const places = memory.room(Uint32Array, 256);
  const values = memory.room(Float32Array, 128);
  const setAt = memory.room(Uint8Array, 32);
  const probabilities = new Float64Array(table.rows * classes);
  const states = new Uint8Array(256);
  const count = trees.starts.length - 1;
  for (let from = 0; from < table.rows; from += block) {
    const rows = Math.min(block, table.rows - from);
    for (const [index, feature] of table.features.entries()) {
      writer.write(feature, model.features[index], from, rows, bins + index, width);
    }
    for (let k = 0; k < outputs; k++) memory.view(Float32Array, scores + k * block * 4, block).fill(base[k]);
    for (let tree = 0; tree < count; tree++) {
      const first = trees.starts[tree];
      const nodes = trees.starts[tree + 1] - first;
      let inner = 0;
      let leaves = 0;
      for (let i = 0; i < nodes; i++) states[i] = trees.left[first + i] === 0 ? LEAF + leaves++ : inner++;
      const placesView = memory.view(Uint32Array, places, 256);
      const valuesView = memory.view(Float32Array, values, 128);
      for (let i = 0; i < nodes; i++) {
        const node = first + i;
        const left = trees.left[node];
        if (left === 0) {
          kernel.spreadLeaf(tableAt, states[i] - LEAF);
          placesView[states[i]] = 0;
          valuesView[states[i] - LEAF] = trees.value[node];
          continue;
        }
        placesView[states[i]] = trees.feature[node];
        const set = trees.set[node];
        if (set >= 0) memory.view(Uint8Array, setAt, 32).set(trees.sets.subarray(set * 32, set * 32 + 32));
        kernel.spread(
          tableAt,
          states[i],
          trees.bin[node],
          trees.missingLeft[node],
          set >= 0 ? setAt : 0,
          states[left],
          states[left + 1],
        );
      }
      kernel.apply(
        tableAt,
        places,
        values,
        states[0],
        bins,
        width,
        upTo(rows, 4),
        scores + (tree % outputs) * block * 4,
      );
      if (tree % 8 === 0) yield (from + (rows * tree) / count) / table.rows;
    }
    const view = memory.view(Float32Array, scores, block * outputs);
    for (let row = 0; row < rows; row++) {
      const out = probabilities.subarray((from + row) * classes, (from + row + 1) * classes);
      if (classes === 2) {
        const score = view[row];
        const away = expOfNegative(-Math.abs(score));
        out[1] = score > 0 ? 1 / (1 + away) : away / (1 + away);
        out[0] = score > 0 ? away / (1 + away) : 1 / (1 + away);
      } else {
        for (let k = 0; k < classes; k++) out[k] = view[k * block + row];
        softmax(out);
      }
    }
  }
  return probabilities;
}
