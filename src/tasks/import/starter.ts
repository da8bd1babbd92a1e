import { featureColumns, type TaskManifest } from "../manifest";

/**
 * The learners that a brought task's starter notebook tries, each on all columns: cell name to learner. The list is here
 * and nowhere else; the first is the yardstick.
 */
export const STARTER_LEARNERS = [
  { cell: "majority", learner: "majority" },
  { cell: "linear", learner: "linear" },
] as const;

/** A first notebook for any task: its classes, the learners on its columns, their scores, and the rows they get wrong. */
export function starterNotebook(manifest: TaskManifest): string {
  const { title, id, track, label } = manifest;
  const column = sqlName(label.column);
  const matching = track === "matching";
  const models = STARTER_LEARNERS.map(({ cell, learner }) => {
    const inputs = matching && learner !== "majority" ? "[columns, features]" : "[columns]";
    return fence("model", cell, `learner: ${learner}\ninputs: ${inputs}\nseed: 7`);
  });
  const best = STARTER_LEARNERS[STARTER_LEARNERS.length - 1].cell;
  const shown = featureColumns(manifest)
    .filter((each) => each.modality !== "image")
    .slice(0, 8)
    .map((each) => `v.${sqlName(each.name)}`);
  return [
    `---\npolytab: 1\ntitle: ${yamlText(`First look at ${title}`)}\ntask: ${id}\n---`,
    `# First look at ${oneLine(title)}`,
    matching
      ? `Two records each: **are they the same?** The column \`${label.column}\` says 1 for a match and 0 for none.`
      : `One of ${manifest.label.classes?.length ?? 2} classes, named in the column \`${label.column}\`.`,
    fence("sql", "class_balance", `select ${column}, count(*) as n\nfrom train\ngroup by all\norder by n desc`),
    fence("chart", "balance", `source: class_balance\ntype: bar\nx: ${yamlText(label.column)}\ny: n`),
    ...(matching
      ? [
          "A model sees more in how the two records compare than in either of them.",
          fence("ts", "features", comparison(manifest)),
        ]
      : []),
    "Each model reads every column by the encoder of its modality.",
    ...models,
    fence(
      "score",
      "result",
      `predictions: [${STARTER_LEARNERS.map(({ cell }) => cell)
        .reverse()
        .join(", ")}]`,
    ),
    matching ? "The pairs it gets wrong, the surest mistakes first:" : "The rows it gets wrong:",
    fence(
      "sql",
      "mistakes",
      `select p.label, p.prediction${["", ...shown].join(", ")}\nfrom ${best} as p join validation as v using (id)\nwhere p.split = 'validation' and p.prediction <> p.label${matching ? "\norder by abs(p.p_1 - 0.5) desc" : ""}\nlimit 100`,
    ),
    "",
  ].join("\n\n");
}

/** A feature cell that lays the two records of a pair side by side, column by column. */
function comparison({ columns }: TaskManifest): string {
  const lines = columns.flatMap(({ name, modality }) => {
    const [left, right] = ["left", "right"].map((side) => `${side}${member(name)}`);
    const key = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(\d)/, "_$1");
    if (modality === "numeric")
      return [`${key}_gap: Math.abs(${left} - ${right}),`, `${key}_same: ${left} === ${right},`];
    if (modality === "image") return [];
    const words = `${left}, ${right}`;
    return [
      `${key}_words: similarity.jaccard(${words}),`,
      `${key}_letters: similarity.trigramJaccard(${words}),`,
      `${key}_same: ${left} === null || ${right} === null ? null : ${left} === ${right},`,
    ];
  });
  return [
    'import { defineFeatures, similarity } from "polytab";',
    "",
    "export default defineFeatures(({ left, right }) => ({",
    ...lines.map((line) => `  ${line}`),
    "}));",
  ].join("\n");
}

function fence(kind: string, name: string, source: string): string {
  return `\`\`\`${kind} ${name}\n${source}\n\`\`\``;
}

function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function sqlName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function yamlText(text: string): string {
  const line = oneLine(text);
  return /^[A-Za-z][\w ,.()'-]*$/.test(line) && !/^(?:true|false|null|yes|no|on|off)$/i.test(line)
    ? line
    : JSON.stringify(line);
}
