import { citationOf } from "../citation";
import type { TaskManifest } from "../manifest";
import { quoted } from "../profile/quote";

/** What one column of the published rows holds, counted on train or on the records. */
export interface CardColumn {
  name: string;
  missing: number;
  distinct: number | null;
  least: number | null;
  most: number | null;
  mean: number | null;
  /** Mean number of letters of a text. */
  letters: number | null;
}

export interface CardFile {
  name: string;
  bytes: number;
  rows?: number;
}

export interface CardFacts {
  rows: number;
  columns: readonly CardColumn[];
  /** Class to its rows in train and validation. */
  classes: readonly { label: string; train: number; validation: number }[];
  files: readonly CardFile[];
  /** Columns of the rows that models do not read, and that are therefore not published. */
  left: readonly string[];
  /** The address of the Polytab that published it. */
  app: string;
}

/** One line a column of `table`, in the order of `columns`. */
export function cardSql(table: string, columns: readonly { name: string; modality: string; type: string }[]): string {
  return columns
    .map(({ name, modality, type }, at) => {
      const value = quoted(name);
      const number = modality === "numeric" && !type.endsWith("]") && type !== "VARCHAR";
      const measured = (sql: string): string => (number ? sql : "null::double");
      const distinct = modality === "image" ? "null::double" : `count(distinct ${value})::double`;
      const letters = modality === "text" ? `avg(length(${value}::varchar))` : "null::double";
      return `select ${at} as at, (count(*) - count(${value}))::double as missing, ${distinct} as different, ${measured(
        `min(${value})::double`,
      )} as least, ${measured(`max(${value})::double`)} as most, ${measured(
        `avg(${value}::double)`,
      )} as mean, ${letters} as letters from ${quoted(table)}`;
    })
    .join("\nunion all ")
    .concat("\norder by at");
}

/** `README.md`: what a person wants to know who finds the folder on a host. */
export function cardOf(manifest: TaskManifest, facts: CardFacts): string {
  const { title, track, kind, label, metric, licence, attribution, source, columns, splits } = manifest;
  const profile = new Map(facts.columns.map((column) => [column.name, column]));
  const sides = track === "matching" && !manifest.records ? ["left_", "right_"] : [""];
  return [
    `# ${oneLine(title)}`,
    `A task for [Polytab](${facts.app}): ${
      track === "matching"
        ? `are two records the same (${kind ?? "exact"} match)? \`${label.column}\` is 1 where they are and 0 where not.`
        : `which of ${label.classes?.length ?? 2} classes is it? \`${label.column}\` names it.`
    } Measured by ${metric.replaceAll("_", " ")}.`,
    manifest.description,
    "## Rows",
    tableOf(
      ["split", "rows", "label"],
      (["train", "validation", "test"] as const).map((split) => [
        split,
        count(splits[split].rows),
        split === "test" ? "held back by the organiser" : "in the file",
      ]),
    ),
    "## Columns",
    `Counted on ${manifest.records ? "the records" : "train"}, ${count(facts.rows)} rows.${
      facts.left.length > 0 ? ` Not published, since no model reads them: ${facts.left.map(cell).join(", ")}.` : ""
    }`,
    tableOf(
      ["column", "modality", "missing", "distinct", "values", "what it is"],
      sides.flatMap((side) =>
        columns.map((column) => {
          const own = profile.get(`${side}${column.name}`);
          return [
            `\`${side}${column.name}\``,
            column.modality,
            own ? share(own.missing, facts.rows) : "",
            own?.distinct === null || own === undefined ? "" : count(own.distinct),
            valueWords(own),
            column.description,
          ];
        }),
      ),
    ),
    "## Classes",
    tableOf(
      ["class", "train", "validation"],
      facts.classes.map(({ label: name, train, validation }) => [
        name,
        `${count(train)} (${share(train, splits.train.rows)})`,
        `${count(validation)} (${share(validation, splits.validation.rows)})`,
      ]),
    ),
    "## Files",
    tableOf(
      ["file", "rows", "size"],
      facts.files.map(({ name, rows, bytes }) => [
        `\`${name}\``,
        rows === undefined ? "" : count(rows),
        `${count(Math.max(1, Math.round(bytes / 1000)))} kB`,
      ]),
    ),
    [
      "`task.json` describes the task and `task.schema.json` what it has to be; `croissant.json` says the same in the",
      "vocabulary of MLCommons. Each CSV file has the rows of the Parquet file beside it; `notebook.md` is a first look.",
    ].join("\n"),
    "## Open it",
    [
      "Put this folder on any static host that lets other pages read it (`Access-Control-Allow-Origin: *`) and open",
      "",
      `    ${facts.app}#task=<the address of this folder's task.json>`,
      "",
      "or drop the folder, or a `.zip` of it, on the page.",
    ].join("\n"),
    "## Licence and sources",
    `${licence}.`.replace(/\.\.$/, "."),
    attribution
      .map(
        ({ name, url, licence: own, text, changes }) =>
          `* ${url ? `[${oneLine(name)}](${url})` : oneLine(name)}, ${own}${changes ? `. ${changes}` : ""}${text ? `\n  ${oneLine(text)}` : ""}`,
      )
      .join("\n"),
    source,
    `Cite as: ${citationOf(manifest)}`,
    "",
  ]
    .filter((part, at, all) => part !== "" || at === all.length - 1)
    .join("\n\n");
}

function valueWords(column: CardColumn | undefined): string {
  if (!column) return "";
  if (column.least !== null && column.most !== null)
    return `${short(column.least)} to ${short(column.most)}, mean ${short(column.mean ?? 0)}`;
  return column.letters === null ? "" : `${short(column.letters)} letters on average`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A cell of a Markdown table ends at a bar and at the end of its line. */
function cell(text: string): string {
  return oneLine(text).replace(/\|/g, "\\|");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function short(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString("en", { maximumSignificantDigits: 4 });
}

function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}
