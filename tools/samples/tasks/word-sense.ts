import { readSynsets, type Synset, WORDNET } from "../sources/wordnet";
import { createGroups, stratifiedSplit } from "../split";
import type { Cell, Report, Row, SampleTask } from "../task";

const SHARES = { train: 0.7, validation: 0.1, test: 0.2 };
/** The 51 roots of the noun tree: too few to learn. */
const DROPPED = "noun.Tops";
const EXAMPLE_LENGTH = 200;

export const task: SampleTask = {
  id: "word-sense",
  title: "Which kind of thing does this word mean?",
  track: "classification",
  description: `WordNet groups words that share a meaning. Say which of 40 kinds of things a meaning is of (a plant, an artifact, a verb of motion
…), from the words, their definition, an example and counts of its links to other meanings.

The largest task of the suite, with a long tail: 11,600 artifacts against 42 motives. So look at the macro F1 as well. Four of
five examples are missing, as in WordNet itself. The places of links are left out, because they tell the kind; meanings with
the same definition lie in one split.`,
  columns: [
    { name: "words", modality: "text", description: "The words that share the meaning." },
    { name: "definition", modality: "text", description: "What they mean." },
    { name: "example", modality: "text", description: "A use of one of the words; missing for most." },
    { name: "pos", modality: "categorical", description: "Noun or verb." },
    { name: "instance", modality: "categorical", description: "Whether it is one thing (a city) or a kind of things." },
    { name: "capitalised", modality: "categorical", description: "Whether the first word has a capital." },
    { name: "n_words", modality: "numeric", description: "Number of words." },
    { name: "n_hyponyms", modality: "numeric", description: "Links to narrower meanings." },
    { name: "n_hypernyms", modality: "numeric", description: "Links to broader meanings." },
    { name: "n_parts", modality: "numeric", description: "Links to parts and to wholes." },
    { name: "n_members", modality: "numeric", description: "Links to members and to what it is a member of." },
    { name: "n_pointers", modality: "numeric", description: "All links." },
    {
      name: "tag_count",
      modality: "numeric",
      description: "How often the words were found with this meaning in tagged texts.",
    },
  ],
  metric: "accuracy",
  baselines: ["word-sense-fusion", "word-sense-text", "word-sense-table"],
  sources: [WORDNET],
  limits: { shares: SHARES, drift: 0.01, shortcut: 0.2, words: 0.5 },
  apart: [["definition"]],
  make,
};

function make(report: Report): { kind: "rows"; rows: Row[] } {
  report(0, 1, "reading WordNet");
  const synsets = readSynsets().filter(({ file }) => file !== DROPPED);
  const groups = createGroups();
  for (const { key, definition } of synsets) groups.join(key, `means ${definition}`);
  const grouped = synsets.map((synset) => ({ synset, group: groups.of(synset.key), label: synset.file }));
  const splitOf = stratifiedSplit(grouped, SHARES, "split word-sense");
  const rows = grouped.map(({ synset, group, label }, i) => {
    report(i, grouped.length, "reading meanings");
    return { key: synset.key, group, split: splitOf.get(group) ?? ("train" as const), label, cells: cellsOf(synset) };
  });
  return { kind: "rows", rows };
}

function cellsOf({ pos, words, definition, examples, pointers, tags }: Synset): Record<string, Cell> {
  const count = (...symbols: string[]) => symbols.reduce((sum, symbol) => sum + (pointers.get(symbol) ?? 0), 0);
  return {
    words: words.join(", "),
    definition: definition || null,
    example: examples.join(" ").slice(0, EXAMPLE_LENGTH) || null,
    pos,
    instance: pointers.has("@i") ? "instance" : "kind",
    capitalised: /^\p{Lu}/u.test(words[0]) ? "capital" : "small",
    n_words: words.length,
    n_hyponyms: count("~"),
    n_hypernyms: count("@"),
    n_parts: count("%p", "#p"),
    n_members: count("%m", "#m"),
    n_pointers: count(...pointers.keys()),
    tag_count: tags,
  };
}
