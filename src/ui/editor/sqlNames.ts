import type { SqlNames } from "./types";

export interface SqlSuggestion {
  kind: "table" | "column" | "function" | "keyword";
  label: string;
  insert: string;
  detail?: string;
  /** Sorts before the label: what is likelier here comes first. */
  rank: string;
}

const KEYWORDS =
  "select from where group by order by having limit offset join left join inner join cross join on using as with union all distinct case when then else end and or not in is null like ilike between exists over partition by qualify sample filter exclude replace asc desc nulls last values cast try_cast";
const PHRASES = [
  "group by",
  "order by",
  "left join",
  "inner join",
  "cross join",
  "partition by",
  "union all",
  "is null",
  "nulls last",
];
const FUNCTIONS =
  "count sum avg min max median mode stddev var_samp quantile_cont approx_quantile corr first last any_value arg_min arg_max list string_agg histogram row_number rank dense_rank ntile lag lead abs round floor ceil ln log exp sqrt pow greatest least coalesce nullif ifnull length lower upper trim substr replace regexp_matches regexp_extract regexp_replace split_part contains starts_with levenshtein jaro_winkler_similarity jaccard concat concat_ws octet_length hash date_part date_trunc strftime epoch random range unnest";

/**
 * What may stand at the cursor of a SQL text. After `name.` only that table's columns (`name` may be an alias given in
 * the text); after `from` and `join` tables come first; elsewhere the columns of the tables that the text names.
 */
export function suggestSql(names: SqlNames, before: string, text: string): SqlSuggestion[] {
  const owner = /([A-Za-z_]\w*)\.$/.exec(before)?.[1];
  if (owner) {
    const table = tableOf(names, owner, text);
    return table ? columnsOf(table, "0") : [];
  }
  const afterFrom = /\b(from|join)\s+$/i.test(before);
  const mentioned = names.tables.filter((table) => new RegExp(`\\b${escapeName(table.name)}\\b`, "i").test(text));
  const inSight = mentioned.length > 0 ? mentioned : names.tables;
  const tables = names.tables.map(
    (table): SqlSuggestion => ({
      kind: "table",
      label: table.name,
      insert: quoted(table.name),
      detail: table.detail,
      rank: afterFrom ? "0" : "2",
    }),
  );
  const columns = new Map<string, SqlSuggestion>();
  for (const table of inSight) {
    for (const column of columnsOf(table, afterFrom ? "5" : "1")) {
      if (!columns.has(column.label)) columns.set(column.label, column);
    }
  }
  const functions = [...FUNCTIONS.split(" ").map((name) => ({ name, detail: undefined })), ...(names.functions ?? [])];
  return [
    ...tables,
    ...columns.values(),
    ...functions.map(
      ({ name, detail }): SqlSuggestion => ({ kind: "function", label: name, insert: `${name}(`, detail, rank: "4" }),
    ),
    ...[...new Set(KEYWORDS.split(" ").concat(PHRASES))].map(
      (word): SqlSuggestion => ({ kind: "keyword", label: word, insert: word, rank: "3" }),
    ),
  ];
}

type SqlTable = SqlNames["tables"][number];

function tableOf(names: SqlNames, owner: string, text: string): SqlTable | undefined {
  const named = (name: string) => names.tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
  const direct = named(owner);
  if (direct) return direct;
  const alias = new RegExp(`\\b(?:from|join)\\s+"?(\\w+)"?\\s+(?:as\\s+)?${escapeName(owner)}\\b`, "i").exec(text);
  return alias ? named(alias[1]) : undefined;
}

function columnsOf(table: SqlTable, rank: string): SqlSuggestion[] {
  return table.columns.map((column) => ({
    kind: "column",
    label: column.name,
    insert: quoted(column.name),
    detail: [column.type.toLowerCase(), column.modality].filter(Boolean).join(" · "),
    rank,
  }));
}

/** Names that are no plain identifiers stand in double quotes. */
function quoted(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function escapeName(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
