import type { BlockingAsk } from "../blocking/block";
import type { Track } from "../manifest";
import type { FactsOf } from "./columns";
import { isIdName } from "./modality";
import { looksLikePairs } from "./pairs";
import { holdsBytes, type SourceTable } from "./source";

/** What the files suggest for what the reader has not said. */
export interface Guess {
  title: string;
  track: Track;
  label?: string;
  /** The columns of train. */
  columns: string[];
  /** Where the pairs are known matches only: how candidates are found, and the columns to find them by. */
  blocking?: BlockingAsk;
  blockable?: string[];
}

/** What label columns are called, the surest first. */
const LABEL_NAMES = [
  /^(?:label|labels|class|target|y|gold|ground_?truth)$/i,
  /^(?:is_?(?:match|duplicate|same)|match(?:ed|es)?|duplicate|same|golden)$/i,
  /^(?:category|class_?name|class_?label|label_?name|genre|type|species|outcome|result|survived)$/i,
  /(?:label|class|target|category)$/i,
];
const MOST_CLASSES_GUESSED = 1000;

export function guessAbout(tables: readonly SourceTable[], factsOf: FactsOf): Guess {
  const train = tables.find((table) => table.role === "train") ?? tables[0];
  if (!train) return { title: "", track: "classification", columns: [] };
  const names = train.columns.map((column) => column.name);
  const track: Track = looksLikePairs(names) ? "matching" : "classification";
  return { title: titleOf(train.file), track, label: guessLabel(train, track, tables, factsOf), columns: names };
}

function guessLabel(
  train: SourceTable,
  track: Track,
  tables: readonly SourceTable[],
  factsOf: FactsOf,
): string | undefined {
  const most = track === "matching" ? 2 : MOST_CLASSES_GUESSED;
  const fits = train.columns.filter((column) => {
    const facts = factsOf(column);
    const plain = !holdsBytes(column) && ["string", "number", "boolean"].includes(column.kind);
    return (
      plain && !isIdName(column.name) && facts.distinct >= 2 && facts.distinct <= most && facts.distinct < facts.present
    );
  });
  for (const pattern of LABEL_NAMES) {
    const found = fits.find((column) => pattern.test(column.name));
    if (found) return found.name;
  }
  // A column that train has and test lacks is what is to be predicted.
  const test = tables.find((table) => table.role === "test");
  const lacking = test && fits.find((column) => !test.columns.some((each) => each.name === column.name));
  if (lacking) return lacking.name;
  const [first, last] = [fits[0], fits[fits.length - 1]];
  // By custom the label stands last, or first.
  if (last && last === train.columns[train.columns.length - 1]) return last.name;
  if (first && first === train.columns[0]) return first.name;
  return last?.name;
}

/** `My_films-train.csv` gives `My films`. */
function titleOf(file: string): string {
  const words = file
    .replace(/\.(?:csv|tsv|txt|parquet|pq|gz)$/gi, "")
    .replace(/\.(?:csv|tsv|txt|parquet|pq|gz)$/gi, "")
    .replace(/[-_. ]*(?:train(?:ing)?|data|set)$/i, "")
    .replace(/[-_.]+/g, " ")
    .trim();
  return words === "" ? "My task" : words.charAt(0).toUpperCase() + words.slice(1);
}
