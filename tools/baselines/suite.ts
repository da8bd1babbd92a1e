import { join } from "node:path";
import { root } from "../command";

/** Where the tasks are read and the models written. */
export interface Folders {
  samples: string;
  models: string;
}

export const FOLDERS: Folders = { samples: join(root, "public/samples"), models: join(root, "public/models") };

/** What a model may read: the columns of one modality, numbers and categories being one, or all. */
export type Reads = "text" | "table" | "image" | "all";

/** The settings of the members, by the names that the learners give them. Nothing is left to a learner's own choice. */
export interface Recipe {
  linear: Record<string, number>;
  trees: Record<string, number>;
}

export interface TaskBaselines {
  task: string;
  /** Of the classifiers, by what they read; the last one is the fusion. */
  titles: Partial<Record<Reads, string>>;
  recipe: Recipe;
  /** Whether trees that stack on the linear model are blended with it; else the linear model alone is the fusion. */
  stacks: boolean;
  folds: number;
}

/** A gram must occur in so many training texts: it is a row of the model and a number in its sidecar. */
const linear = (rows: number, leastTexts: number): Record<string, number> => ({
  epochs: Math.min(20, Math.max(5, Math.ceil(50_000 / rows))),
  rate: 4,
  l2: 0.1 / rows,
  text_min_rows: leastTexts,
});

/** Some 12,000 leaves in all make half a megabyte. */
const trees = (rounds: number, leaves: number, rate: number): Record<string, number> => ({
  rounds,
  leaves,
  rate,
  l2: 3,
  min_rows: 10,
  bins: 127,
  row_share: 1,
  feature_share: 0.5,
});

/** For each task a model of every modality that it has, and one of all. Rows are those of the training split. */
export const SUITE: readonly TaskBaselines[] = [
  {
    task: "emoji-aisle",
    titles: { text: "Name", table: "Facts", image: "Picture", all: "Name, picture and facts together" },
    recipe: { linear: linear(1148, 1), trees: trees(60, 12, 0.1) },
    stacks: false,
    folds: 5,
  },
  {
    task: "icon-topic",
    titles: { text: "Name", table: "Facts", image: "Picture", all: "Name, picture and facts together" },
    recipe: { linear: linear(10_378, 3), trees: trees(40, 16, 0.15) },
    stacks: true,
    folds: 3,
  },
  {
    task: "smart-home-type",
    titles: { text: "Description and model", table: "Vendor and facts", all: "Texts and facts together" },
    recipe: { linear: linear(3333, 2), trees: trees(40, 16, 0.15) },
    stacks: true,
    folds: 5,
  },
  {
    task: "word-sense",
    titles: { text: "Words, definition and example", table: "Facts", all: "Texts and facts together" },
    recipe: { linear: linear(67_131, 40), trees: trees(20, 12, 0.3) },
    stacks: false,
    folds: 3,
  },
  {
    task: "emoji-languages",
    titles: {
      text: "Titles and keywords compared",
      table: "Facts compared",
      image: "Pictures compared",
      all: "Whole records compared",
    },
    recipe: { linear: linear(23_304, 20), trees: trees(200, 31, 0.08) },
    stacks: true,
    folds: 3,
  },
  {
    task: "icon-styles",
    titles: {
      text: "Titles compared",
      table: "Facts compared",
      image: "Pictures compared",
      all: "Whole records compared",
    },
    recipe: { linear: linear(37_801, 20), trees: trees(200, 31, 0.08) },
    stacks: true,
    folds: 3,
  },
  {
    task: "web-features",
    titles: { text: "Titles and descriptions compared", table: "Facts compared", all: "Whole records compared" },
    recipe: { linear: linear(1871, 3), trees: trees(100, 16, 0.08) },
    stacks: true,
    folds: 5,
  },
  {
    task: "smart-home-variants",
    titles: { text: "Descriptions and models compared", table: "Facts compared", all: "Whole records compared" },
    recipe: { linear: linear(1372, 2), trees: trees(100, 16, 0.08) },
    stacks: true,
    folds: 5,
  },
];

export const READS: readonly Reads[] = ["text", "table", "image", "all"];

export const idOf = (task: string, reads: Reads): string => `${task}-${reads === "all" ? "fusion" : reads}`;

/** The models that a complete list has, in its order. */
export const MODEL_IDS: readonly string[] = SUITE.flatMap(({ task, titles }) =>
  READS.filter((reads) => titles[reads] !== undefined).map((reads) => idOf(task, reads)),
);

/** The encoder of pictures: it learns to tell the classes of these tasks apart. */
export const ENCODER = {
  id: "image-encoder",
  tasks: ["icon-topic", "emoji-aisle"],
  epochs: 5,
  channels: [16, 32, 64, 96],
  rate: 0.005,
};

/** Splits, folds and steps of every model. */
export const SEED = 7;
