import { type Column, rowsOf, tableFromArrow } from "../../table";
import {
  createProfiler,
  frameOf,
  LEAK,
  type ProfiledColumn,
  quoted,
  sampleFacts,
  type TaskManifest,
} from "../../tasks";
import { textsOf } from "../task-data";
import { type Explaining, featureCells } from "./asked";
import type { Leak, Leaks } from "./explanation";
import { modelInputNames } from "./reads";

/** From this share of the rows on, a text or picture that train has too is worth a word. */
const MANY_REPEATS = 0.1;

/**
 * What would make a score too good to be true: a column or a feature that gives the label away alone, the order of the rows
 * or their ids, a value of its own in every row, and rows or records that training has seen.
 */
export async function leaksOf(asked: Explaining): Promise<Leaks> {
  const { context, settings, signal, onProgress, value } = asked;
  const { manifest, engine } = context.task;
  const query = async (sql: string) => tableFromArrow(await engine.query(sql, { signal }));
  const relation = (await query("select * from train limit 0")).columns.map(({ name }) => name);
  const types = rowsOf(
    await query(
      "select column_name as name, data_type as type from information_schema.columns where table_name = 'train'",
    ),
  );
  const frame = frameOf(
    manifest,
    types.flatMap(({ name, type }) =>
      relation.includes(String(name)) ? [{ name: String(name), type: String(type) }] : [],
    ),
  );
  const profiler = createProfiler(frame, query);
  const read = modelInputNames(value, manifest);
  const columns = frame.columns.filter(
    ({ name }) => featureCells(value).size > 0 || value.info.baseline || read.includes(name),
  );
  const found: Leak[] = [];
  for (const [i, column] of columns.entries()) {
    onProgress({ done: (0.6 * i) / columns.length, note: `what ${column.name} tells alone` });
    const strength = await profiler.strength(column, signal);
    if (strength && strength.score >= LEAK)
      found.push({
        kind: "alone",
        name: column.name,
        value: strength.score,
        words: `the ${strength.key} of ${column.name} alone answers ${percent(strength.score)} of validation, as the mean over the classes`,
        sql: strength.sql,
      });
  }
  const order = await profiler.orderStrength(signal);
  if (order && order.score >= orderLimit(order.chance))
    found.push({
      kind: "order",
      value: order.score,
      words: `the ${order.key} alone reach ${percent(order.score)}, where guessing reaches ${percent(order.chance)}: the split was made in an order that tells the label`,
      sql: order.sql,
    });
  onProgress({ done: 0.6, note: "features that predict alone" });
  found.push(...(await featureLeaks(asked)));
  const train = await context.task.split("train", signal);
  for (const { name, modality } of columns) {
    const own = train.columns.find((column) => column.name === name);
    if (own && (modality === "categorical" || modality === "numeric") && ownInEveryRow(own))
      found.push({
        kind: "id",
        name,
        value: 1,
        words: `${name} has another value in every training row, like an id: what it tells of these rows says nothing of new ones`,
        sql: `select count(*) as n, count(distinct ${quoted(name)}) as distinct_values from train`,
      });
  }
  onProgress({ done: 0.8, note: "rows that train has too" });
  found.push(...(await repeats(manifest, frame.columns, settings.split, query)));
  return {
    found,
    looked: [
      `what each of ${columns.length} columns tells alone`,
      "the order of the rows and their ids",
      ...(featureCells(value).size > 0 ? ["what each feature tells alone"] : []),
      "columns with another value in every row",
      `rows of ${settings.split} that train has too`,
      ...(manifest.track === "matching" ? ["records that train has too"] : ["texts and pictures that train has too"]),
    ],
  };
}

/** Halfway from guessing to a leak: what an order tells is never honest. */
const orderLimit = (chance: number): number => chance + (LEAK - chance) / 2;

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** Features whose own lookup, one half of train by the other, gives the label away. */
async function featureLeaks({ value, context, signal }: Explaining): Promise<Leak[]> {
  const { manifest } = context.task;
  const labels = textsOf(await context.task.split("train", signal), manifest.label.column);
  return [...featureCells(value)].flatMap(([cell, { splits }]) =>
    splits.train.columns.flatMap((column): Leak[] => {
      const strength = sampleFacts(column, labels)?.strength;
      if (!strength || strength.score < LEAK) return [];
      const name = `${cell}.${column.name}`;
      const words = `${name} alone answers ${percent(strength.score)} of train, one half by the other`;
      return [{ kind: "alone", name, value: strength.score, words }];
    }),
  );
}

function ownInEveryRow({ kind, values }: Column): boolean {
  if (kind !== "string" && kind !== "number") return false;
  if (kind === "number" && !Array.from(values).every(Number.isInteger)) return false;
  return values.length > 1 && new Set<unknown>(values).size === values.length;
}

type Query = (sql: string) => ReturnType<typeof tableFromArrow>;

/** How many of some keys are among others: a row of `n` and `total`. */
const amongSql = (keys: string, seen: string): string =>
  `with seen as (${seen})
select count(*) filter (where key in (select key from seen))::integer as n, count(*)::integer as total
from (${keys})`;

async function repeats(
  manifest: TaskManifest,
  columns: readonly ProfiledColumn[],
  split: string,
  query: Query,
): Promise<Leak[]> {
  if (split === "train") return [];
  const matching = manifest.track === "matching";
  const side = (i: number): string => `hash(${columns.map(({ sources }) => quoted(sources[i].name)).join(", ")})`;
  // A pair is the same whichever side its records stand on.
  const whole = matching
    ? `least(${side(0)}, ${side(1)})::varchar || ' ' || greatest(${side(0)}, ${side(1)})::varchar`
    : side(0);
  const found: Leak[] = [];
  const ask = async (
    kind: Leak["kind"],
    sql: string,
    least: number,
    words: (n: number, total: number) => string,
    name?: string,
  ): Promise<void> => {
    const [row] = rowsOf(await query(sql));
    const [n, total] = [Number(row?.n ?? 0), Number(row?.total ?? 0)];
    if (n > 0 && n / total >= least)
      found.push({ kind, value: n / total, words: words(n, total), sql, ...(name !== undefined && { name }) });
  };
  await ask(
    "rows in train",
    amongSql(`select ${whole} as key from ${split}`, `select ${whole} as key from train`),
    0,
    (n, total) =>
      `${n} of ${total} rows of ${split} are in train too, every column alike: a model may know them by heart`,
  );
  if (matching) {
    const records = (of: string): string => `select ${side(0)} as key from ${of} union select ${side(1)} from ${of}`;
    await ask(
      "records in train",
      amongSql(records(split), records("train")),
      0,
      (n, total) =>
        `${n} of ${total} records of ${split} are in train's pairs too: the split does not keep a record on one side`,
    );
    return found;
  }
  for (const { name, modality } of columns) {
    if (modality !== "text" && modality !== "image") continue;
    const keys = (of: string): string =>
      `select hash(${quoted(name)}) as key from ${of} where ${quoted(name)} is not null`;
    const what = modality === "text" ? "texts" : "pictures";
    await ask(
      "values in train",
      amongSql(keys(split), keys("train")),
      MANY_REPEATS,
      (n, total) => `${percent(n / total)} of the ${what} of ${name} in ${split} are in train too, to the letter`,
      name,
    );
  }
  return found;
}
