import type { Modality, Track } from "../manifest";
import { type DateOrder, orderOf } from "./dates";
import type { ColumnFacts } from "./facts";
import { meantAsWords } from "./missing";
import { formatOf, type NumberFormat } from "./numbers";
import { counted } from "./source";

/** What becomes of a column's values. */
export type Reading =
  | { kind: "number"; format: NumberFormat }
  | { kind: "days"; order: DateOrder }
  | { kind: "dates"; order: DateOrder }
  /** `words`: markers of missing values that are meant as words here. */
  | { kind: "text"; words?: readonly string[] }
  | { kind: "truth" }
  | { kind: "picture" }
  | { kind: "as it is" };

/** `ignored`: the column stays in the tables, and no model reads it unless it is named. */
export interface Decision {
  modality: Modality | "ignored";
  /** Why, as a sentence without its stop. */
  rule: string;
  reading: Reading;
}

export interface ColumnContext {
  name: string;
  track: Track;
  /** How many different things the rows are about: for pairs the records, which stand in many of them. */
  population: number;
  /** The splits that lack the column. */
  lacking: readonly string[];
  /** The files are parted by semicolons, as where the comma is the decimal mark. */
  semicolons: boolean;
}

/** So many of the values have to be numbers (dates, truth values) for the column to be one of them. */
const MOST_OF = 0.95;
/** A name says "this is an id" in the ways of databases, pandas and CamelCase. */
const ID_NAME =
  /^(?:_?id|.*[_\s.-]id|uuid|guid|key|.*_key|index|idx|row|row[_\s]?(?:no|num|number|id|name)|unnamed: \d+|column_1)$/i;
const CAMEL_ID = /[a-z\d](?:Id|ID)$/;
const CODE_NAME =
  /(?:^|[_\s])(?:id|code|zip|zipcode|postcode|postal|category|cat|type|kind|group|flag|cluster|sku|upc|ean|isbn)$/i;

const LONG_WORDS = 6;
const FEW = 20;
const REPEATS = 4;

export const isIdName = (name: string): boolean => ID_NAME.test(name) || CAMEL_ID.test(name);

/** The modality of a column by its values and its name. The first rule that fits decides. */
export function decideModality(facts: ColumnFacts, context: ColumnContext): Decision {
  const { name, lacking } = context;
  const ignored = (rule: string): Decision => ({ modality: "ignored", rule, reading: { kind: "as it is" } });
  if (facts.present === 0) return ignored("it holds no value");
  if (lacking.length > 0)
    return ignored(`${lacking.join(" and ")} ${lacking.length > 1 ? "have" : "has"} no such column`);
  if (facts.kinds.has("picture") || isMostly(facts.dataUris, facts))
    return { modality: "image", rule: "encoded pictures", reading: { kind: "picture" } };
  if (facts.kinds.has("bytes")) return ignored("bytes that are no PNG, JPEG, WebP or GIF picture");
  if (facts.kinds.has("vector")) return ignored("lists of numbers; a feature cell can read them as vectors");
  if (facts.kinds.has("other")) return ignored("nested values");
  if (isMostly(facts.fileNames, facts))
    return ignored(
      "names of picture files, most of which are not among the files given: bring them together with the table",
    );
  if (isIdName(name) && facts.unique && facts.present > 1)
    return ignored("its name says id and no value stands twice: it names the row and says nothing about it");
  if (facts.booleans === facts.present)
    return { modality: "categorical", rule: "truth values", reading: { kind: truthReading(facts) } };
  const number = facts.numbers.count >= MOST_OF * facts.present ? numberDecision(facts, context) : undefined;
  if (number) return number;
  if (facts.dates.count >= MOST_OF * facts.present) return dateDecision(facts, context);
  return wordDecision(facts, context);
}

/** Spelt in one way, the words stay; spelt in several (True, true, a Parquet boolean) they become `true` and `false`. */
function truthReading(facts: ColumnFacts): "truth" | "text" {
  return facts.kinds.has("boolean") || facts.booleanForms.size > 2 ? "truth" : "text";
}

function isMostly(count: number, facts: ColumnFacts): boolean {
  return count > 0 && count >= MOST_OF * facts.present;
}

function numberDecision(facts: ColumnFacts, context: ColumnContext): Decision | undefined {
  const { name, track, population } = context;
  const { numbers, present, distinct, least, most } = facts;
  const whole = facts.integers === numbers.count;
  const repeats = repeatsOf(facts, population);
  const code = (rule: string): Decision =>
    facts.unique && track === "classification"
      ? { modality: "ignored", rule: `${rule}; no value stands twice`, reading: { kind: "as it is" } }
      : { modality: repeats >= 2 ? "categorical" : "text", rule, reading: { kind: "text" } };
  if (facts.leadingZeros > 0) return code("digits with leading zeros are a code, not a number");
  if (facts.unsafe > 0) return code("whole numbers too long for a number's 53 bits are a code");
  const sequence = whole && facts.unique && present >= FEW && most - least + 1 === present;
  if (sequence && track === "classification")
    return { modality: "ignored", rule: "it counts the rows", reading: { kind: "as it is" } };
  if (whole && CODE_NAME.test(name) && distinct > 2 && distinct < present)
    return {
      modality: "categorical",
      rule: `its name says code, and ${distinct} values repeat`,
      reading: { kind: "text" },
    };
  const format = formatOf(numbers, context.semicolons);
  return {
    modality: "numeric",
    rule: numberWords(facts, format),
    reading: { kind: "number", format },
  };
}

function numberWords({ numbers, present, distinct, integers }: ColumnFacts, format: NumberFormat): string {
  const parts = [integers === numbers.count ? "whole numbers" : "numbers"];
  if (format.decimal === ",") parts.push("a decimal comma");
  if (format.signs.length > 0) parts.push(`${format.signs.map((sign) => `"${sign}"`).join(", ")} taken off`);
  if (format.decimal === "." && numbers.plain < numbers.count && format.signs.length === 0)
    parts.push("thousands parted");
  if (distinct <= FEW) parts.push(distinct === 1 ? "the same in all rows" : `${distinct} different`);
  const other = present - numbers.count;
  if (other > 0) parts.push(`${counted(other, "value")} that ${other === 1 ? "is" : "are"} none count as missing`);
  return parts.join(", ");
}

function dateDecision(facts: ColumnFacts, { population }: ColumnContext): Decision {
  const order = orderOf(facts.dates);
  const words = { ymd: "", dmy: ", day first", mdy: ", month first" }[order];
  const unsure = order !== "ymd" && facts.dates.dayFirst === facts.dates.monthFirst;
  return {
    modality: repeatsOf(facts, population) >= REPEATS ? "categorical" : "text",
    rule: `dates${words}${unsure ? " (no value tells which)" : ""}: written like 2024-02-29, and learners read their parts`,
    reading: { kind: "dates", order },
  };
}

function repeatsOf({ rows, present, distinct }: ColumnFacts, population: number): number {
  return (population * (present / Math.max(1, rows))) / Math.max(1, distinct);
}

function wordReading({ markers, present, distinct }: ColumnFacts): Reading {
  const words = meantAsWords(markers, present, distinct);
  return words.length > 0 ? { kind: "text", words } : { kind: "text" };
}

function wordDecision(facts: ColumnFacts, context: ColumnContext): Decision {
  const { track, population } = context;
  const { present, distinct } = facts;
  const words = facts.words / present;
  const repeats = repeatsOf(facts, population);
  const decided = (modality: "categorical" | "text", rule: string): Decision => ({
    modality,
    rule,
    reading: wordReading(facts),
  });
  const wordsSaid = `${words < 10 ? words.toFixed(1) : Math.round(words)} words on average`;
  const variety = `${distinct.toLocaleString("en")} different of ${present.toLocaleString("en")}`;
  if (words >= LONG_WORDS && distinct > 2) return decided("text", `${wordsSaid}, ${variety}`);
  if (distinct === 1) return decided("categorical", "one value in all rows");
  if (distinct <= FEW && (repeats >= 1.5 || distinct <= 2))
    return decided("categorical", `${distinct} different values`);
  if (repeats >= REPEATS)
    return decided(
      "categorical",
      `${distinct.toLocaleString("en")} different values, each ${Math.round(repeats)} times on average`,
    );
  if (repeats >= 2 && words < 1.2) return decided("categorical", `single words, ${variety}`);
  const codes = facts.unique && words < 1.05 && facts.withDigits >= MOST_OF * present;
  if (codes && track === "classification" && present >= FEW)
    return {
      modality: "ignored",
      rule: "single words with digits, no value twice: they name the row and say nothing about it",
      reading: { kind: "as it is" },
    };
  return decided("text", `${wordsSaid}, ${variety}`);
}

/** What the reader's own choice makes of a column, or undefined where its values do not allow it. */
export function readAsChosen(
  facts: ColumnFacts,
  chosen: Modality | "ignored",
  semicolons: boolean,
): Reading | undefined {
  const hasPictures = facts.kinds.has("picture") || facts.dataUris > 0;
  const hasBytes = facts.kinds.has("bytes") || facts.kinds.has("vector") || facts.kinds.has("other");
  switch (chosen) {
    case "ignored":
      return hasPictures ? { kind: "picture" } : { kind: "as it is" };
    case "image":
      return hasPictures || facts.present === 0 ? { kind: "picture" } : undefined;
    case "numeric":
      if (hasPictures || hasBytes) return undefined;
      if (facts.dates.count > facts.numbers.count) return { kind: "days", order: orderOf(facts.dates) };
      if (facts.numbers.count === 0 && facts.booleans === facts.present && facts.present > 0)
        return { kind: "number", format: { decimal: ".", signs: [] } };
      return facts.numbers.count > 0 || facts.present === 0
        ? { kind: "number", format: formatOf(facts.numbers, semicolons) }
        : undefined;
    case "categorical":
    case "text":
      if (hasPictures || hasBytes) return undefined;
      if (facts.dates.count >= MOST_OF * facts.present && facts.present > 0)
        return { kind: "dates", order: orderOf(facts.dates) };
      return facts.booleans === facts.present && facts.present > 0 ? { kind: truthReading(facts) } : wordReading(facts);
  }
}
