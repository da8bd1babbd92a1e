import { featureColumns, type Modality, type TaskManifest } from "../../src/tasks";

/** The parts of a task that are measured alone; numbers and categories count as one. */
export const PARTS = ["text", "image", "tabular"] as const;
export type Part = (typeof PARTS)[number];

const MODALITIES: Record<Part, readonly Modality[]> = {
  text: ["text"],
  image: ["image"],
  tabular: ["numeric", "categorical"],
};

/** The parts that a task has columns of. */
export function partsOf(task: TaskManifest): Part[] {
  return PARTS.filter((part) => task.columns.some((column) => MODALITIES[part].includes(column.modality)));
}

/**
 * A notebook that fits a linear model on each part of a task alone, and scores it in a cell named `<part>_score`. In
 * classification on the part's columns as they are; in matching on plain likenesses of left and right, the same for
 * every column of a modality, since a linear model cannot relate two columns by itself.
 */
export function singleModalityNotebook(task: TaskManifest): string {
  const cells = partsOf(task).flatMap((part) => {
    const model = `learner: linear\ninputs: [${inputsOf(task, part)}]\nseed: 7`;
    return [
      ...(task.track === "matching" ? [fence(`ts ${part}_likeness`, LIKENESS[part](task))] : []),
      fence(`model ${part}`, model),
      fence(`score ${part}_score`, `predictions: ${part}`),
    ];
  });
  const majority = [
    fence("model majority", "learner: majority"),
    fence("score majority_score", "predictions: majority"),
  ];
  return `---\npolytab: 1\ntitle: Each modality alone\ntask: ${task.id}\n---\n\n${[...majority, ...cells].join("\n\n")}\n`;
}

const fence = (info: string, source: string): string => `\`\`\`${info}\n${source}\n\`\`\``;

function inputsOf(task: TaskManifest, part: Part): string {
  if (task.track === "matching") return `${part}_likeness`;
  const columns = featureColumns(task).filter((column) => MODALITIES[part].includes(column.modality));
  return `"columns(${columns.map((column) => column.name).join(", ")})"`;
}

const named = (task: TaskManifest, modality: Modality): string =>
  JSON.stringify(task.columns.filter((column) => column.modality === modality).map((column) => column.name));

/** The TypeScript cell of a part's likenesses. */
const LIKENESS: Record<Part, (task: TaskManifest) => string> = {
  text: (task) => `import { defineFeatures, similarity } from "polytab";
const plain = (text) => (text === null ? null : (text.toLowerCase().match(/[\\p{L}\\p{N}]+/gu) ?? []).join(" "));
const columns = ${named(task, "text")};
export default defineFeatures({
  fit: (rows) =>
    columns.map((name) => similarity.tfidf(new Set(rows.flatMap((row) => [plain(row.left[name]), plain(row.right[name])])))),
  features: ({ left, right }, weights) =>
    Object.fromEntries(
      columns.flatMap((name, i) => {
        const [a, b] = [plain(left[name]), plain(right[name])];
        return [
          [name + "_jaccard", similarity.jaccard(a, b)],
          [name + "_trigrams", similarity.trigramJaccard(a, b)],
          [name + "_overlap", similarity.ngramOverlap(a, b)],
          [name + "_jaro", similarity.jaroWinkler(a, b)],
          [name + "_tfidf", weights[i].cosine(a, b)],
        ];
      }),
    ),
});`,

  image: (task) => `import { defineFeatures, images } from "polytab";
const columns = ${named(task, "image")};
const seen = new Map();
async function look(picture) {
  if (!picture) return null;
  const key = picture.bytes.join();
  if (!seen.has(key)) {
    const pixels = await picture.rgba(16);
    const onWhite = Array.from(pixels, (value, i) => (i % 4 === 3 ? value : value * (pixels[i | 3] / 255) + 255 - pixels[i | 3]));
    seen.set(key, {
      onWhite,
      average: images.averageHash(pixels),
      difference: images.differenceHash(pixels),
      colours: images.histogram(pixels),
      mean: images.meanColour(pixels),
    });
  }
  return seen.get(key);
}
const sum = (a, b, term) => a.reduce((total, value, i) => total + term(value, b[i]), 0);
export default defineFeatures(async ({ left, right }) => {
  const features = {};
  for (const name of columns) {
    const [a, b] = [await look(left[name]), await look(right[name])];
    if (!a || !b) continue;
    features[name + "_rmse"] = Math.sqrt(sum(a.onWhite, b.onWhite, (x, y) => (x - y) ** 2) / a.onWhite.length);
    features[name + "_average_hash"] = images.hamming(a.average, b.average);
    features[name + "_difference_hash"] = images.hamming(a.difference, b.difference);
    features[name + "_colours"] = sum(a.colours, b.colours, Math.min);
    features[name + "_mean"] = Math.sqrt(sum(a.mean.slice(0, 3), b.mean.slice(0, 3), (x, y) => (x - y) ** 2));
    features[name + "_cover"] = Math.abs(a.mean[3] - b.mean[3]);
  }
  return features;
});`,

  tabular: (task) => `import { defineFeatures } from "polytab";
const numbers = ${named(task, "numeric")};
const categories = ${named(task, "categorical")};
export default defineFeatures(({ left, right }) => {
  const features = {};
  for (const name of numbers) {
    const gap = Math.abs(left[name] - right[name]);
    features[name + "_gap"] = gap;
    features[name + "_share"] = gap / Math.max(Math.abs(left[name]), Math.abs(right[name]), 1e-9);
    features[name + "_equal"] = Number.isNaN(gap) ? null : gap === 0;
  }
  for (const name of categories) {
    features[name + "_equal"] = left[name] === null || right[name] === null ? null : left[name] === right[name];
    features[name + "_pair"] = left[name] + " | " + right[name];
  }
  return features;
});`,
};
