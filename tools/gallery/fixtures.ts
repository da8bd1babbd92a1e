import { createRandom } from "../../src/base";
import type { ChartAnswer, Standing } from "../../src/cells";
import type { Column, Table } from "../../src/table";
import type { CatalogueEntry, Modality, TaskManifest } from "../../src/tasks";

/** Data of the kinds that the product shows, made up for the gallery: nothing here comes from a task. */

const EMOJI = "😀 🐙 🍋 🚲 🎻 ⚽ 🏔️ 💡 ♻️ 🐳 🌶️ 🚀 🎨 🏠 🧭 🦊 🍞 ⏰ 🎲 🌧️".split(" ");
const NAMES =
  "grinning face,octopus,lemon,bicycle,violin,soccer ball,snow-capped mountain,light bulb,recycling symbol,spouting whale,hot pepper,rocket,artist palette,house,compass,fox,bread,alarm clock,game die,cloud with rain".split(
    ",",
  );
export const GROUPS = [
  "smileys-emotion",
  "animals-nature",
  "food-drink",
  "travel-places",
  "activities",
  "objects",
  "symbols",
  "people-body",
  "flags",
];

async function picture(glyph: string): Promise<Uint8Array> {
  const canvas = document.createElement("canvas");
  canvas.width = 72;
  canvas.height = 72;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.font = "54px sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  const hue = (glyph.codePointAt(0) ?? 0) % 360;
  context.fillStyle = `hsl(${hue} 60% 62%)`;
  context.beginPath();
  context.arc(36, 36, 32, 0, 7);
  context.fill();
  context.fillStyle = "#222";
  context.fillText(glyph, 36, 40);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}

/** An emoji-like table: text, numbers, categories, pictures, a vector, and missing values among them. */
export async function itemTable(rows: number): Promise<Table> {
  const random = createRandom(7);
  const pictures = await Promise.all(EMOJI.map(picture));
  const at = (row: number) => (row * 7) % EMOJI.length;
  const column = <T>(make: (row: number) => T) => Array.from({ length: rows }, (_, row) => make(row));
  return {
    rows,
    columns: [
      { kind: "bytes", name: "image", values: column((row) => (row % 13 === 5 ? null : pictures[at(row)])) },
      { kind: "string", name: "name", values: column((row) => NAMES[at(row)]) },
      {
        kind: "string",
        name: "description",
        values: column((row) =>
          row % 9 === 4
            ? null
            : `A ${NAMES[at(row)]} as it is drawn by most vendors: ${"bright colours, round shapes, a friendly look, ".repeat(1 + (row % 4))}without any text in it.`,
        ),
      },
      { kind: "string", name: "skin", values: column((row) => (row % 3 ? "none" : "medium-dark")) },
      {
        kind: "number",
        name: "colours",
        values: Float64Array.from({ length: rows }, (_, row) =>
          row % 11 === 3 ? Number.NaN : Math.floor(random() * 14),
        ),
      },
      {
        kind: "number",
        name: "brightness",
        values: Float64Array.from({ length: rows }, () => Number((random() * 0.8 + 0.1).toFixed(5))),
      },
      { kind: "boolean", name: "has_face", values: column((row) => (row % 17 === 2 ? null : row % 4 === 0)) },
      {
        kind: "vector",
        name: "embedding",
        values: column((row) => Float32Array.from({ length: 16 }, (_, i) => Math.sin(row + i))),
      },
      { kind: "string", name: "label", values: column((row) => GROUPS[at(row) % GROUPS.length]) },
    ],
  };
}

export const MODALITY_OF: Record<string, Modality> = {
  image: "image",
  name: "text",
  description: "text",
  skin: "categorical",
  colours: "numeric",
  brightness: "numeric",
  has_face: "categorical",
};

export const balance: Table = {
  rows: 9,
  columns: [
    { kind: "string", name: "label", values: GROUPS },
    { kind: "number", name: "n", values: Float64Array.of(168, 153, 134, 218, 96, 264, 224, 386, 270) },
  ],
};

export function measurements(): Table {
  const random = createRandom(3);
  const gauss = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  const rows = 4200;
  const kinds = ["animals-nature", "food-drink", "objects"];
  const kind = Array.from({ length: rows }, (_, row) => kinds[row % 3]);
  const x = Float64Array.from(kind, (name) => gauss() * 0.9 + kinds.indexOf(name) * 1.7);
  const y = Float64Array.from(x, (value, row) => value * 0.6 + gauss() * 0.7 + (row % 3));
  return {
    rows,
    columns: [
      { kind: "number", name: "brightness", values: x },
      { kind: "number", name: "edges", values: y },
      { kind: "string", name: "label", values: kind },
    ],
  };
}

export function learningCurve(): Table {
  const rounds = Array.from({ length: 60 }, (_, i) => Math.floor(i / 2) * 4 + 4);
  const part = rounds.map((_, i) => (i % 2 ? "validation" : "train"));
  const loss = Float64Array.from(rounds, (round, i) => 0.35 + 1.9 * Math.exp(-round / 28) + (i % 2 ? 0.12 : 0));
  const columns: Column[] = [
    { kind: "number", name: "round", values: Float64Array.from(rounds) },
    { kind: "number", name: "log_loss", values: loss },
    { kind: "string", name: "part", values: part },
  ];
  return { rows: rounds.length, columns };
}

export const entry: CatalogueEntry = {
  id: "emoji-aisle",
  title: "Which aisle of the emoji store?",
  track: "classification",
  modalities: ["text", "numeric", "categorical", "image"],
  rows: { train: 2312, validation: 578, test: 723 },
  classes: 9,
  metric: "accuracy",
  bytes: 4_310_000,
};

export const entries: CatalogueEntry[] = [
  entry,
  {
    ...entry,
    id: "icon-topic",
    title: "What is this icon about?",
    rows: { train: 9800, validation: 2400, test: 3000 },
    classes: 18,
    bytes: 9_400_000,
  },
  {
    ...entry,
    id: "smart-home-type",
    title: "Smart home product types",
    modalities: ["text", "numeric", "categorical"],
    classes: 16,
    metric: "macro_f1",
    bytes: 812_000,
  },
  {
    ...entry,
    id: "word-sense",
    title: "Forty senses of words",
    modalities: ["text", "numeric"],
    rows: { train: 61_440, validation: 15_360, test: 19_200 },
    classes: 40,
    metric: "log_loss",
    bytes: 12_300_000,
  },
  {
    ...entry,
    id: "emoji-languages",
    title: "The same emoji in two languages",
    track: "matching",
    kind: "exact",
    rows: { train: 25_034, validation: 6259, test: 7823 },
    classes: 2,
    metric: "f1",
    bytes: 11_000_000,
  },
];

const split = {
  rows: 2312,
  parquet: "train.parquet",
  csv: "train.csv",
  sha256: { parquet: "0".repeat(64), csv: "0".repeat(64) },
};

export const manifest: TaskManifest = {
  format: "polytab-task/1",
  id: "emoji-aisle",
  title: "Which aisle of the emoji store?",
  track: "classification",
  description:
    "Every emoji belongs to one of nine groups. A row is **one drawing of one emoji by one vendor**: its name and keywords, some measures of the picture, and the picture itself.\n\nNo emoji is on two sides of a split: what is learned must carry over to *new* emoji.",
  licence: "CC BY 4.0",
  attribution: [],
  source: "emojibase",
  columns: [
    { name: "name", modality: "text", description: "The emoji's short name in Unicode, in English." },
    { name: "description", modality: "text", description: "Keywords and a sentence about it." },
    { name: "colours", modality: "numeric", description: "Distinct colours of the drawing." },
    { name: "skin", modality: "categorical", description: "Skin tone, where the emoji has one." },
    { name: "image", modality: "image", description: "The drawing, PNG of 72 × 72 pixels." },
  ],
  label: { column: "label", classes: GROUPS },
  metric: "accuracy",
  splits: { train: split, validation: { ...split, rows: 578 }, test: { ...split, rows: 723 } },
  baselines: [],
  notebook: "notebook.md",
};

export const SQL_SOURCE = `-- How many of each?
select label, count(*) as n, round(avg(colours), 1) as colours
from train
where skin = 'none' and colours > 2
group by all
order by n desc`;

export const TS_SOURCE = `import { defineFeatures, similarity, text } from "polytab";

const WARM = /sun|fire|heart|pepper/i; // a hunch

export default defineFeatures(async (row) => ({
  name_length: row.name.length,
  warm: WARM.test(row.name),
  close_to_face: similarity.jaccard(row.name, "grinning face"),
  words: text(row.name),
  red: (await row.image.rgba(8))?.[0] ?? null,
}));
`;

export const PROSE_SOURCE = `# First look at emoji

Nine groups, **2,312 drawings**, and one question: *where would you look for it?* The names carry most of it; the pictures help where names are shy.

1. Look at the balance of the classes.
2. Write a feature and watch its values on the right.
3. Train, and beat the baseline by more than its interval.

> The validation split is public. Do not tune on it a hundred times and believe the hundredth.

| feature | alone |
|---|---|
| name, as words | 0.742 |
| picture, 8 × 8 | 0.391 |

See \`defineFeatures\` in the [toolbox](#/docs/toolbox).
`;

const member = (title: string, value: number, weight: number, fitMs: number, features: number, ...notes: string[]) => ({
  name: title,
  title,
  weight,
  score: { metric: "macro_f1", value },
  fitMs,
  predictMs: Math.round(fitMs / 90) + 1,
  features,
  notes,
});

/** The members of an `auto` model on a task with text, numbers and pictures. */
export const members: Standing[] = [
  member("gbdt", 0.8623, 0.38, 18_400, 214),
  member("linear", 0.8571, 0.22, 1240, 48_211),
  member("gbdt, small trees", 0.8566, 0, 9100, 214),
  member("mlp", 0.8502, 0.27, 12_050, 1024, "description was missing in 41 rows"),
  member("linear, strong penalty", 0.8494, 0, 980, 48_211),
  member("baseline_text (cell baseline)", 0.8112, 0.1, 0, 0),
  member("knn", 0.7731, 0, 2100, 214),
  member("cnn", 0.5418, 0.03, 31_700, 3072, "12 pictures could not be read"),
];

export const planLines = [
  "7 models on 5 folds of 2312 rows, planned for about 45 s",
  "mlp, wide: left out, about 20 s more than the effort allows",
  "description is long text: taken by its words, not by its characters",
];

/** A table as the answer of a chart that draws its rows one by one: columns under the names that a chart's answer has. */
export function drawn({ rows, columns }: Table, names: Record<string, string>): ChartAnswer {
  const one: Column[] = [{ kind: "number", name: "n", values: new Float64Array(rows).fill(1) }];
  const whole: Column[] = Object.values(names).includes("series")
    ? []
    : [{ kind: "string", name: "series", values: Array.from({ length: rows }, () => "") }];
  const named = columns.map((column) => ({ ...column, name: names[column.name] ?? column.name }));
  return { table: { rows, columns: [...named, ...whole, ...one] }, facts: { rows, drawn: rows } };
}

const box = (name: string, ...values: number[]): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
});
export const BOXES: ChartAnswer = {
  table: {
    rows: 3,
    columns: [
      { kind: "string", name: "x", values: ["dark", "light", "mixed"] },
      box("n", 812, 640, 211),
      box("least", 2, 90, 11),
      box("most", 190, 255, 248),
      box("q25", 31, 170, 70),
      box("median", 48, 199, 122),
      box("q75", 66, 221, 180),
      box("low", 2, 104, 11),
      box("high", 110, 255, 248),
      box("beyond", 12, 4, 0),
    ],
  },
  facts: { rows: 1_663, drawn: 1_663 },
};
