import { hashOf } from "../../src/base";
import type { EncoderEntry, InputColumn } from "../../src/learners";
import { type CnnModel, embedCnn, fitCnn } from "../../src/learners/cnn/cnn";
import { type PictureTensor, picturesOf } from "../../src/learners/cnn/pictures";
import { IMAGE_SIZE } from "../../src/learners/image";
import { prepareColumns } from "../../src/learners/inputs";
import { PictureStore } from "../../src/learners/pictures";
import { createPixels } from "../../src/learners/pixels";
import { addTower, Graph, quantisedFilter } from "../../src/onnx";
import { readTaskRows, type TaskRows } from "./data";
import { ENCODER, SEED } from "./suite";
import { measure, toEnd, train } from "./train";

const INPUT = "pixels";
const OUTPUT = "embedding";

/** The pictures of the train splits with a class for each: those of one task after those of the other. */
export interface LabelledPictures {
  tensor: PictureTensor;
  labels: Int32Array;
  classes: number;
}

/** A tower that told the classes of all pictures apart, its filters rounded to what the file holds. */
export function trainEncoder({ tensor, labels, classes }: LabelledPictures, settings: typeof ENCODER): CnnModel {
  const options = { ...settings, batch: 32, augment: true, seed: SEED };
  const model = toEnd(fitCnn(tensor, labels, classes, options));
  return { ...model, stages: model.stages.map((stage) => ({ ...stage, filter: quantisedFilter(stage) })) };
}

/** The encoder as a file: uint8 [N, 32, 32, 4] to float32 [N, width]. */
export function encoderFile({ size, stages }: Pick<CnnModel, "size" | "stages">): Uint8Array {
  const graph = new Graph("image-encoder");
  const pictures = graph.input(INPUT, "uint8", ["N", size, size, 4]);
  graph.node("Identity", [addTower(graph, { stages, quantised: true }, pictures).features], {}, OUTPUT);
  graph.output(OUTPUT, "float32", ["N", stages[stages.length - 1].outputs]);
  return graph.build();
}

/** Trains the encoder of pictures, and measures a linear model on what it says of each task's pictures. Writes nothing. */
export async function buildEncoder(
  samples: string,
  code: string,
  say: (line: string) => void,
): Promise<{ entry: EncoderEntry; onnx: Uint8Array }> {
  const tasks: TaskRows[] = [];
  for (const task of ENCODER.tasks) tasks.push(await readTaskRows(samples, task));
  const store = new PictureStore();
  const tensors: Record<"train" | "validation", PictureTensor>[] = [];
  for (const { train, validation } of tasks)
    tensors.push(await tensorsOf({ train: train.columns, validation: validation.columns }, store));
  const model = trainEncoder(labelled(tasks, tensors), ENCODER);
  const onnx = encoderFile(model);
  const width = model.stages[model.stages.length - 1].outputs;
  const scores: EncoderEntry["scores"] = [];
  for (const [i, data] of tasks.entries()) {
    const score = { task: data.task.id, ...(await probe(data, tensors[i], model)) };
    say(`${score.task}: ${score.metric} ${score.value.toFixed(3)} of a linear model on ${width} numbers`);
    scores.push(score);
  }
  return {
    onnx,
    entry: {
      kind: "encoder",
      id: ENCODER.id,
      title: "Small pictures, by what they show",
      modality: "image",
      file: `${ENCODER.id}.onnx`,
      sha256: hashOf(onnx),
      bytes: onnx.length,
      inputs: [
        {
          name: INPUT,
          type: "uint8",
          shape: `N x ${IMAGE_SIZE} x ${IMAGE_SIZE} x 4`,
          meaning: "pictures as straight RGBA; a missing one is all zeros",
        },
      ],
      preprocessing: { kind: "rgba", input: INPUT, size: IMAGE_SIZE },
      output: { name: OUTPUT, width },
      trained: {
        data: tasks.map(({ task, dataSha256, train }) => ({ task: task.id, dataSha256, rows: train.ids.length })),
        code,
      },
      scores,
    },
  };
}

async function tensorsOf(splits: Record<"train" | "validation", InputColumn[]>, store: PictureStore) {
  const own = async (columns: InputColumn[]) =>
    prepareColumns(
      columns.filter(({ as }) => as === "image"),
      async () => {},
      store,
    );
  const pixels = createPixels({ train: await own(splits.train), validation: await own(splits.validation) });
  await pixels.load(async () => {});
  return { train: pixels.tensor("train"), validation: pixels.tensor("validation") };
}

function labelled(tasks: readonly TaskRows[], tensors: readonly { train: PictureTensor }[]): LabelledPictures {
  const pixels: Uint8Array[] = [];
  const index: number[] = [];
  const labels: number[] = [];
  let classes = 0;
  let pictures = 0;
  for (const [i, { train: tensor }] of tensors.entries()) {
    pixels.push(tensor.pixels);
    for (const picture of tensor.index) index.push(picture < 0 ? -1 : pictures + picture);
    for (const label of tasks[i].train.labels) labels.push(classes + label);
    classes += tasks[i].classes.length;
    pictures += picturesOf(tensor);
  }
  const all = new Uint8Array(pixels.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of pixels) {
    all.set(part, at);
    at += part.length;
  }
  const tensor = { rows: labels.length, size: IMAGE_SIZE, pixels: all, index: Int32Array.from(index), columns: 1 };
  return { tensor, labels: Int32Array.from(labels), classes };
}

/** A linear model on the encoder's output alone. */
async function probe(data: TaskRows, tensors: Record<"train" | "validation", PictureTensor>, model: CnnModel) {
  const columnsOf = (tensor: PictureTensor): InputColumn[] => {
    const features = toEnd(embedCnn(model, tensor));
    const width = model.stages[model.stages.length - 1].outputs;
    const values = Array.from(tensor.index, (picture) =>
      picture < 0 ? null : features.slice(picture * width, (picture + 1) * width),
    );
    return [{ name: OUTPUT, as: "vector", column: { kind: "vector", name: OUTPUT, values } }];
  };
  const rows = {
    classes: data.classes,
    pairs: false,
    train: { ...data.train, columns: columnsOf(tensors.train) },
    validation: { ...data.validation, columns: columnsOf(tensors.validation) },
  };
  const recipe = { linear: { epochs: 20, rate: 4, l2: 1e-5 }, trees: {} };
  const { validation } = await train(rows, { recipe, stacks: false, folds: 2 }, "all");
  return measure(data, validation, undefined);
}
