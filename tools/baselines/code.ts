import { createRandom, hashOf } from "../../src/base";
import { ENCODER_VERSION, type InputColumn } from "../../src/learners";
import { IMAGE_SIZE } from "../../src/learners/image";
import { PAIRS_VERSION } from "../../src/learners/pairs/fitted";
import { trainEncoder } from "./image-encoder";
import { ENCODER, SUITE } from "./suite";
import { train } from "./train";

const ROWS = 90;
const random = () => createRandom("baselines");

/**
 * What the code makes of some made-up rows, as a hash of the predictions: it changes when the training would give other
 * models from the same data, and only then. The recipe is part of it.
 */
export async function codeOf(task: string): Promise<string> {
  const baselines = SUITE.find((each) => each.task === task);
  if (!baselines) throw new Error(`no baseline is made for ${task}`);
  const canary = { recipe: { linear: { epochs: 3, rate: 4, l2: 1e-3 }, trees: { rounds: 4, leaves: 4, min_rows: 3 } } };
  const prints: string[] = [];
  for (const pairs of [false, true]) {
    const rows = madeUp(pairs);
    const { outOfFold, validation } = await train(rows, { ...canary, stacks: true, folds: 3 }, "all");
    prints.push(hashOf(new Uint8Array(outOfFold.buffer)), hashOf(new Uint8Array(validation.buffer)));
  }
  return wordsOf([JSON.stringify(baselines), ...prints]);
}

/** The same of the encoder of pictures. */
export function codeOfEncoder(): string {
  const draw = random();
  const pixels = Uint8Array.from({ length: 12 * IMAGE_SIZE ** 2 * 4 }, () => Math.floor(draw() * 256));
  const index = Int32Array.from({ length: 12 }, (_, row) => row);
  const tensor = { rows: 12, size: IMAGE_SIZE, pixels, index, columns: 1 };
  const pictures = { tensor, labels: index.map((row) => row % 2), classes: 2 };
  const { stages } = trainEncoder(pictures, { ...ENCODER, epochs: 1, channels: [4, 8] });
  const prints = stages.flatMap(({ filter, scale, shift }) =>
    [filter, scale, shift].map(({ buffer }) => hashOf(new Uint8Array(buffer))),
  );
  return wordsOf([JSON.stringify(ENCODER), ...prints]);
}

const wordsOf = (prints: string[]): string =>
  `encoders ${ENCODER_VERSION}, pairs ${PAIRS_VERSION}, training ${hashOf(prints.join(" ")).slice(0, 16)}`;

function madeUp(pairs: boolean) {
  const draw = random();
  const labels = Int32Array.from({ length: ROWS }, () => Math.floor(draw() * 2));
  const sides = pairs ? ["left_", "right_"] : [""];
  const columns = sides.flatMap((side): InputColumn[] => [
    {
      name: `${side}title`,
      as: "text",
      column: {
        kind: "string",
        name: `${side}title`,
        values: Array.from(labels, (label) => `${["oak", "elm"][label]} tree ${Math.floor(draw() * 9)}`),
      },
    },
    {
      name: `${side}kind`,
      as: "categorical",
      column: {
        kind: "string",
        name: `${side}kind`,
        values: Array.from(labels, () => ["a", "b", null][Math.floor(draw() * 3)]),
      },
    },
    {
      name: `${side}size`,
      as: "numeric",
      column: {
        kind: "number",
        name: `${side}size`,
        values: Float64Array.from(labels, (label) => (draw() < 0.1 ? Number.NaN : label + draw() * 3)),
      },
    },
  ]);
  const part = (from: number, to: number) => ({
    ids: Array.from({ length: to - from }, (_, i) => String(from + i)),
    labels: labels.slice(from, to),
    columns: columns.map((input) => ({
      ...input,
      column: { ...input.column, values: input.column.values.slice(from, to) } as InputColumn["column"],
    })),
  });
  return { classes: ["no", "yes"], pairs, train: part(0, 60), validation: part(60, ROWS) };
}
