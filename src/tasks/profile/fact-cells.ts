import { type Table, valueAt } from "../../table";
import type { PerSplit } from "./answer";
import { groupSql, identifier, orderSql, rowsSql, type ViewCells } from "./cells";
import type { ShownClasses } from "./classes";
import type { Frame, ProfiledColumn } from "./frame";
import { SCRIPTS, type TextFacts } from "./texts";

/** Facts of a text or picture column by group: a column a group (a split, a class), a row a fact. */
export interface FactTable {
  groups: string[];
  facts: { name: string; counts: number[] }[];
}

/** The part of a profile that its facts are about. */
export type Facted = { column: ProfiledColumn } & (
  | { modality: "text"; facts: PerSplit<TextFacts> }
  | { modality: "image" | "numeric" | "categorical" }
);

/** What the texts or pictures of a column are made of, by split, or by class of train; nothing for other columns. */
export function factCells(frame: Frame, profile: Facted, classes?: ShownClasses): ViewCells | undefined {
  const { column } = profile;
  if (profile.modality === "text") {
    const { train, validation, test } = profile.facts;
    const scripts = SCRIPTS.filter((_, i) => train.scripts[i] + validation.scripts[i] + test.scripts[i] > 0);
    return factsOf(frame, column, classes, {
      about: `What the texts of ${column.name} are made of`,
      value: "text",
      // A text is the same where its letters are; comparing them is what the engine does best.
      same: "text",
      facts: [
        ["empty", "count(*) filter (where text = '')"],
        ["ascii_only", "count(*) filter (where strlen(text) = length(text))"],
        ...scripts.map(({ name, pattern }): [string, string] => [
          name,
          `count(*) filter (where regexp_matches(text, '${pattern}'))`,
        ]),
        ["digits", "count(*) filter (where regexp_matches(text, '[0-9]'))"],
        ["capitals", "count(*) filter (where regexp_matches(text, '\\p{Lu}'))"],
      ],
    });
  }
  if (profile.modality !== "image") return undefined;
  // The first bytes of a file tell its format; in Base64 they are the first letters.
  const formats = { png: "iVBORw0KGgo", jpeg: "/9j/", webp: "UklGR", gif: "R0lGOD" };
  return factsOf(frame, column, classes, {
    about: `What the pictures of ${column.name} are`,
    value: "picture",
    same: "hash(picture)",
    facts: [
      ["mean_bytes", "avg(octet_length(picture))"],
      ...Object.entries(formats).map(([name, start]): [string, string] => [
        name,
        `count(*) filter (where to_base64(picture) like '${start}%')`,
      ]),
      [
        "unknown",
        `count(*) filter (where not regexp_matches(to_base64(picture), '^(${Object.values(formats).join("|")})'))`,
      ],
    ],
  });
}

function factsOf(
  frame: Frame,
  column: ProfiledColumn,
  classes: ShownClasses | undefined,
  view: { about: string; value: string; same: string; facts: [name: string, sql: string][] },
): ViewCells {
  const { value, same } = view;
  const rows = rowsSql(frame, column, (each) => `${each} as ${value}`, classes ? ["train"] : undefined);
  const facts: [string, string][] = [
    ["rows", "count(*)"],
    ["missing", `count(*) - count(${value})`],
    ["different", `count(distinct ${same}) filter (where ${value} is not null)`],
    ["repeats", `count(${value}) - count(distinct ${same}) filter (where ${value} is not null)`],
    ...(classes ? [] : [["in_train", "count(*) filter (where split <> 'train' and seen)"] satisfies [string, string]]),
    ...view.facts,
  ];
  const seen = classes
    ? "from given"
    : `from (\n  select *, ${same} in (select ${same} from given where split = 'train' and ${value} is not null) as seen\n  from given\n)`;
  return {
    name: identifier(`${column.name}_${value}s${classes ? "_by_class" : ""}`),
    sql: `-- ${view.about}, by ${classes ? "class (train)" : "split"}
with given as (
${rows}
)
select ${groupSql(classes)},
${facts.map(([name, sql]) => `  ${sql} as ${name}`).join(",\n")}
${seen}${classes ? "\nwhere label is not null" : ""}
group by all
order by ${orderSql(classes)}`,
  };
}

/** The answer of `factCells`, turned: its first column names the groups, each further one is a fact. */
export function readFacts(table: Table): FactTable {
  const [first, ...others] = table.columns;
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  return {
    groups: rows.map((row) => String(valueAt(first, row))),
    facts: others.map((column) => ({ name: column.name, counts: rows.map((row) => Number(valueAt(column, row))) })),
  };
}

/** A few texts of train, as the page shows them. */
export function exampleCells(frame: Frame, column: ProfiledColumn, count: number): ViewCells {
  return {
    name: identifier(`${column.name}_examples`),
    sql: `-- Texts of ${column.name} from all over train, with a label that they have
select text, min(label) as label, count(*) as n
from (
${rowsSql(frame, column, (value) => `${value} as text`, ["train"])}
)
where text <> ''
group by text
order by hash(text)
limit ${count}`,
  };
}

/** The texts that occur most often in train. */
export function repeatedCells(frame: Frame, column: ProfiledColumn): ViewCells {
  return {
    name: identifier(`${column.name}_repeated`),
    sql: `-- Texts of ${column.name} that occur more than once in train, most frequent first
select text, count(*) as n
from (
${rowsSql(frame, column, (value) => `${value} as text`, ["train"])}
)
where text <> ''
group by text
having count(*) > 1
order by n desc, text
limit 100`,
  };
}

/** Pictures of train to look at, each once, with a label that it has. */
export function thumbnailCells(frame: Frame, column: ProfiledColumn, count: number): ViewCells {
  return {
    name: identifier(`${column.name}_sample`),
    sql: `-- Pictures of ${column.name} from all over train, each once
select first(picture) as picture, min(label) as label, count(*) as n
from (
${rowsSql(frame, column, (value) => `${value} as picture`, ["train"])}
)
where picture is not null
group by hash(picture)
order by hash(picture)
limit ${count}`,
  };
}

/** The mean colours of such pictures, by a TypeScript cell that decodes them. */
export function colourCells(frame: Frame, column: ProfiledColumn, count: number): ViewCells {
  return {
    ...thumbnailCells(frame, column, count),
    code: (source) => `import { images } from "polytab";

// The mean colour of each picture, 0 to 255, and how much of its square it covers.
const colours = [];
for (const { picture, label } of ${source}) {
  if (!picture) continue;
  const [red, green, blue, covered] = images.meanColour(await picture.rgba(8));
  colours.push({ label, red, green, blue, covered });
}

export default colours;`,
  };
}
