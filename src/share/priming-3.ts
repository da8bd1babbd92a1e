import { PRIMING_2 } from "./priming";

/**
 * The starters as they were when form 3 was made: most notebooks are forks of one, and what a fork changed is then about
 * all that its link has to say. A priming text is part of a link form: never edit one that has landed, whatever becomes of
 * the starters; add the next form.
 */
const STARTERS = `---
polytab: 1
title: First look at emoji
task: emoji-aisle
---

# First look at emoji

Unicode sorts its emoji into nine groups, like the aisles of a shop. **Which aisle does an emoji belong to**, judged by
its name, its picture and a few facts about both?

Press _Run all_. Then change a feature below and press \`Ctrl+Enter\` (\`⌘Enter\`): what depends on it runs again, the rest
does not, and the score at the end moves.

\`\`\`sql class_balance
select label, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: label
y: n
\`\`\`

Nearly a fifth of the rows are people: that is what guessing alone is worth. A feature cell turns each row into numbers,
categories and text. It never sees a label, so it cannot cheat. This one names no column but asks the task for those of a
kind, and so runs on every task of the track.

\`\`\`ts features
import { defineFeatures, type FeatureRecord, task } from "polytab";

export default defineFeatures(async (row) => {
  const features: FeatureRecord = {};
  for (const name of task.columns.text) {
    const words = (row[name] ?? "").toLowerCase().match(/\\p{L}+/gu) ?? [];
    features[\`\${name}_words\`] = words.length;
    features[\`\${name}_first\`] = words[0] ?? null;
    features[\`\${name}_last\`] = words.at(-1) ?? null;
  }
  for (const name of task.columns.image) {
    const pixels = await row[name]?.rgba(8);
    features[name] = pixels ? Array.from(pixels, (value) => value / 255) : null;
  }
  return features;
});
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features, columns]
seed: 7
\`\`\`

The baseline was trained on the same training rows with all four modalities, and runs here as an ONNX model.

\`\`\`model baseline
model: emoji-aisle-fusion
provider: auto
\`\`\`

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, baseline, majority]
\`\`\`

Which emoji does it get wrong? Predictions are a table like any other.

\`\`\`sql mistakes
select p.label, p.prediction, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
limit 100
\`\`\`

---
polytab: 1
title: First look at emoji in other languages
task: emoji-languages
---

# First look at emoji in other languages

The left record is an emoji in English with Noto's picture, the right one an emoji in one of 14 languages, drawn by
another hand. **Is it the same emoji?** One pair in three is, and the others look alike on purpose.

Press _Run all_. Then change a feature below and press \`Ctrl+Enter\` (\`⌘Enter\`): what depends on it runs again, the rest
does not, and the score at the end moves.

\`\`\`sql class_balance
select case label when 1 then 'same' else 'different' end as pair, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: pair
y: n
\`\`\`

The trees below compare every column of the left record with that of the right one by themselves. But
by its letters "heart" is no more like "Herz" than like "Hemd". So \`fit\` learns a dictionary: which words stood across from
which in the training pairs that are the same. A training pair must not find itself in there, or the dictionary would look
perfect: there are five, and each emoji uses the one that was made without it. No column is named, so it runs on every task
of the track.

\`\`\`ts features
import { average, defineFeatures, type FeatureRecord, type PairRecord, task, type TrainingRow } from "polytab";

function words(...texts: (string | null)[]): string[] {
  return [
    ...new Set(
      texts
        .join(" ")
        .toLowerCase()
        .match(/[\\p{L}\\p{N}]+/gu),
    ),
  ];
}

const textsOf = (record: PairRecord) => task.columns.text.map((name) => record[name]);

const FOLDS = 5;
function foldOf(record: PairRecord): number {
  let hash = 0;
  for (const letter of textsOf(record)[0] ?? "") hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return hash % FOLDS;
}

/** How often each word, and each two across from each other, occur in pairs that are the same. */
function dictionaryOf(rows: TrainingRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { left, right, label } of rows) {
    if (label !== "1") continue;
    const others = words(...textsOf(right));
    for (const other of others) count(\`>\${other}\`);
    for (const word of words(...textsOf(left))) {
      count(\`\${word}>\`);
      for (const other of others) count(\`\${word}>\${other}\`);
    }
  }
  return counts;
}

export default defineFeatures({
  fit: (rows) =>
    Array.from({ length: FOLDS }, (_, fold) => dictionaryOf(rows.filter((row) => foldOf(row.left) !== fold))),
  features: ({ left, right }, without) => {
    const counts = without[foldOf(left)];
    const english = words(...textsOf(left));
    const features: FeatureRecord = {};
    for (const name of task.columns.text) {
      // How well some English word explains each; one seen once says nothing.
      const known = words(right[name]).filter((other) => (counts.get(\`>\${other}\`) ?? 0) > 1);
      const explained = known.map((other) => {
        const across = english.map((word) => {
          const n = counts.get(\`\${word}>\${other}\`) ?? 0;
          return n < 2 ? 0 : n / Math.sqrt((counts.get(\`>\${other}\`) ?? 1) * (counts.get(\`\${word}>\`) ?? 1));
        });
        return Math.max(0, ...across);
      });
      features[name] = average(explained);
    }
    return features;
  },
});
\`\`\`

\`\`\`model mine
learner: gbdt
inputs: [features, columns]
seed: 7
\`\`\`

The majority calls every pair different, and so finds nothing: its F1 is 0.

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

Which pairs does it get wrong, and how sure was it? The surest mistakes come first.

\`\`\`sql mistakes
select p.label, round(p.p_1, 2) as said_same, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
order by abs(p.p_1 - 0.5) desc
limit 100
\`\`\`

---
polytab: 1
title: First look at icon styles
task: icon-styles
---

# First look at icon styles

Two drawings of one icon set. **Are they the same icon** in another size, weight or style? One pair in three is. The other
pairs have similar names, like "calendar add" and "calendar cancel"; and half of the names are hidden.

Press _Run all_. There are 54,000 pairs with 39,000 drawings to decode, which may take a minute. Then change a feature and press
\`Ctrl+Enter\` (\`⌘Enter\`): what depends on it runs again, the rest does not.

\`\`\`sql class_balance
select case label when 1 then 'same' else 'different' end as pair, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: pair
y: n
\`\`\`

The trees below compare every column of the left record with that of the right one by themselves. The
features add what they do not know: which words name a style, and that a filled heart contains the outlined one. No column
is named, so it runs on every task of the track.

\`\`\`ts features
import { defineFeatures, type FeatureRecord, type Picture, similarity, task } from "polytab";

const style =
  /^(filled?|outlined?|regular|light|bold|thin|duotone|rounded|round|sharp|line|linear|broken|solid|two|tone|\\d+)$/;

/** A text without the words of its style; missing where it is hidden. */
function subject(text: string | null): string | null {
  const words = text?.toLowerCase().split(/\\s+/) ?? null;
  return words && words.filter((word) => !style.test(word)).join(" ");
}

/** How much of each of 16 x 16 fields is covered. */
async function ink(picture: Picture | null): Promise<number[]> {
  const pixels = (await picture?.rgba(16)) ?? new Uint8ClampedArray();
  return Array.from({ length: pixels.length / 4 }, (_, i) => pixels[i * 4 + 3]);
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

export default defineFeatures(async ({ left, right }) => {
  const features: FeatureRecord = {};
  for (const name of task.columns.text) {
    const [a, b] = [subject(left[name]), subject(right[name])];
    features[\`\${name}_words\`] = similarity.jaccard(a, b);
    features[\`\${name}_letters\`] = similarity.trigramJaccard(a, b);
  }
  for (const name of task.columns.image) {
    const [a, b] = [await ink(left[name]), await ink(right[name])];
    const shared = sum(a.map((value, i) => Math.min(value, b[i])));
    features[\`\${name}_inside\`] = shared / Math.min(sum(a), sum(b));
    features[\`\${name}_shared\`] = shared / Math.max(sum(a), sum(b));
  }
  return features;
});
\`\`\`

\`\`\`model mine
learner: gbdt
inputs: [features, columns]
seed: 7
\`\`\`

The majority calls every pair different, and so finds nothing: its F1 is 0.

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

Which pairs does it get wrong, and how sure was it? The surest mistakes come first.

\`\`\`sql mistakes
select p.label, round(p.p_1, 2) as said_same, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
order by abs(p.p_1 - 0.5) desc
limit 100
\`\`\`

---
polytab: 1
title: First look at icons
task: icon-topic
---

# First look at icons

Icons of seven sets, each with its name and its drawing. **Which of 18 topics is an icon about?**

Press _Run all_: it takes ten to twenty seconds, since the model decodes every picture. Then change a feature below and press
\`Ctrl+Enter\` (\`⌘Enter\`): what depends on it runs again, the rest does not, and the score at the end moves.

\`\`\`sql class_balance
select label, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: label
y: n
\`\`\`

The model below reads the columns as they are: a text by its words and letters, the picture by its colours and the
direction of its lines, a number in bins, a category by name. A feature cell adds what the columns do not say by
themselves. It never sees a label, so it cannot cheat; and it names no column, so it runs on every task of the track.

\`\`\`ts features
import { defineFeatures, type FeatureRecord, task, text } from "polytab";

export default defineFeatures((row) => {
  const features: FeatureRecord = {};
  for (const name of task.columns.text) {
    const words = (row[name] ?? "").toLowerCase().match(/\\p{L}+/gu) ?? [];
    // "Arrow left" begins with its topic, "music note" ends with it.
    features[\`\${name}_first\`] = words[0] ?? null;
    features[\`\${name}_last\`] = words.at(-1) ?? null;
    // Each set sorts its icons in its own way: the same word may mean another topic there.
    for (const set of task.columns.categorical.slice(0, 1))
      features[\`\${name}_in_\${set}\`] = text(...words.map((word) => \`\${word}@\${row[set]}\`));
  }
  return features;
});
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features, columns]
seed: 7
\`\`\`

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

Which icons does it get wrong? Predictions are a table like any other.

\`\`\`sql mistakes
select p.label, p.prediction, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
limit 100
\`\`\`

And which topics does it mix up most?

\`\`\`sql mixed_up
select label, prediction, count(*) as n
from mine
where split = 'validation' and prediction <> label
group by all
order by n desc
limit 20
\`\`\`

---
polytab: 1
title: First look at product types
task: smart-home-type
---

# First look at product types

Real smart-home products of 600 vendors, as a catalogue lists them. **What kind of product is it**, judged by a short
description, a model number, the vendor and a few counts?

Press _Run all_: it takes a few seconds. Then change a feature below and press \`Ctrl+Enter\` (\`⌘Enter\`): what depends on it
runs again, the rest does not, and the score at the end moves.

\`\`\`sql class_balance
select label, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: label
y: n
\`\`\`

The model below reads the columns as they are: a text by its words and letters, a number in bins, a category by name. A
feature cell adds what the columns do not say by themselves. It never sees a label, so it cannot cheat; and it names no
column, so it runs on every task of the track.

\`\`\`ts features
import { defineFeatures, type FeatureRecord, task } from "polytab";

const few = (count: number) => (Number.isNaN(count) ? "?" : Math.min(Math.round(count), 6));

export default defineFeatures((row) => {
  const features: FeatureRecord = {};
  // What a thing is often stands at the end: "wall switch", "water leak sensor".
  for (const name of task.columns.text)
    features[\`\${name}_last\`] = (row[name] ?? "").toLowerCase().match(/\\p{L}+/gu)?.at(-1) ?? null;
  // A linear model adds up what each column says. Whether they occur together has to be said in so many words.
  for (const name of task.columns.categorical)
    for (const count of task.columns.numeric) features[\`\${name}_\${count}\`] = \`\${row[name]}, \${few(row[count])}\`;
  return features;
});
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features, columns]
seed: 7
\`\`\`

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

Which products does it get wrong? Predictions are a table like any other.

\`\`\`sql mistakes
select p.label, p.prediction, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
limit 100
\`\`\`

And which types does it mix up most?

\`\`\`sql mixed_up
select label, prediction, count(*) as n
from mine
where split = 'validation' and prediction <> label
group by all
order by n desc
limit 20
\`\`\`

---
polytab: 1
title: First look at product variants
task: smart-home-variants
---

# First look at product variants

Two listings of one vendor's smart-home products, of the same type. **Are they variants of one product**: the same lamp in
white and in black, with another socket, another brightness? A fifth of the pairs are. The labels are noisy, and some
answers nobody could guess.

Press _Run all_: it takes a few seconds. Then change a feature below and press \`Ctrl+Enter\` (\`⌘Enter\`).

\`\`\`sql class_balance
select case label when 1 then 'same' else 'different' end as pair, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: pair
y: n
\`\`\`

The trees below compare every column of the left record with that of the right one by themselves. But
variants differ in just those words that name a colour, a socket or a number. So the features leave these out. Model
numbers help as well: makers count their variants up. No column is named, so it runs on every task of the track.

\`\`\`ts features
import { defineFeatures, type FeatureRecord, similarity, task } from "polytab";

/** Words that tell variants apart: colours, sockets, units, plugs and numbers. */
const variable = /^(black|white|gr[ae]y|silver|gold|red|blue|green|beige|brown|anthracite|e|gu|lm|w|v|a|eu|uk|us|\\d+)$/;

function words(text: string): string[] {
  return text.toLowerCase().match(/\\p{L}+|\\d+/gu) ?? [];
}

export default defineFeatures(({ left, right }) => {
  const features: FeatureRecord = {};
  for (const name of task.columns.text) {
    const [one, other] = [left[name], right[name]];
    if (one === null || other === null) continue;
    const [a, b] = [one, other].map((text) => words(text).filter((word) => !variable.test(word)));
    features[\`\${name}_words\`] = similarity.jaccard(a.join(" "), b.join(" "));
    features[\`\${name}_letters\`] = similarity.trigramJaccard(a.join(" "), b.join(" "));
    features[\`\${name}_left\`] = a.filter((word) => !b.includes(word)).length;
    features[\`\${name}_right\`] = b.filter((word) => !a.includes(word)).length;
    let shared = 0;
    while (shared < Math.min(one.length, other.length) && one[shared] === other[shared]) shared++;
    features[\`\${name}_beginning\`] = shared;
  }
  return features;
});
\`\`\`

\`\`\`model mine
learner: gbdt
inputs: [features, columns]
seed: 7
\`\`\`

The majority calls every pair different, and so finds nothing: its F1 is 0.

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

Which pairs does it get wrong, and how sure was it? Look for yourself which of them you would have known.

\`\`\`sql mistakes
select p.label, round(p.p_1, 2) as said_same, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
order by abs(p.p_1 - 0.5) desc
limit 100
\`\`\`

---
polytab: 1
title: First look at web features
task: web-features
---

# First look at web features

Two encyclopaedias list what browsers can do, each in its own words. **Do two entries mean the same feature?** Few pairs
do, so the score is F1: it counts only the pairs that are the same, found (recall) and rightly named (precision).

Press _Run all_: it takes a few seconds. Then change a feature below and press \`Ctrl+Enter\` (\`⌘Enter\`).

\`\`\`sql class_balance
select case label when 1 then 'same' else 'different' end as pair, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: pair
y: n
\`\`\`

The trees below compare every column of the left record with that of the right one by themselves. A
feature cell adds what that misses: what one entry says in its title, the other may say in its description. \`fit\` sees the
training rows first and learns which words are rare, because sharing a rare word says more. No column is named, so it runs
on every task of the track.

\`\`\`ts features
import { average, defineFeatures, type FeatureRecord, similarity, task } from "polytab";

/** Lower case, without punctuation: "display: flow-root" and "Display flow-root" are the same words. */
function plain(text: string | null): string {
  return (text ?? "").toLowerCase().match(/[\\p{L}\\p{N}]+/gu)?.join(" ") ?? "";
}

export default defineFeatures({
  fit: (rows) => {
    const records = rows.flatMap((row) => [row.left, row.right]);
    const texts = records.flatMap((record) => task.columns.text.map((name) => plain(record[name])));
    return { rare: similarity.tfidf(new Set(texts)) };
  },
  features: ({ left, right }, { rare }) => {
    const features: FeatureRecord = {};
    for (const name of task.columns.text)
      for (const other of task.columns.text) {
        const [a, b] = [plain(left[name]), plain(right[other])];
        features[\`\${name}_\${other}\`] = rare.cosine(a, b);
        features[\`\${name}_in_\${other}\`] = similarity.ngramOverlap(a, b);
      }
    // A browser that lacks the feature has no version: its gap is missing too, and the average leaves it out.
    const gaps = task.columns.numeric.map((name) => Math.abs(left[name] - right[name]));
    features.gap = average(gaps.map(Math.log1p));
    features.same = average(gaps.map((gap) => (Number.isNaN(gap) ? null : Number(gap === 0))));
    return features;
  },
});
\`\`\`

\`\`\`model mine
learner: gbdt
inputs: [features, columns]
seed: 7
\`\`\`

The majority calls every pair different, and so finds nothing: its F1 is 0.

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

Which pairs does it get wrong, and how sure was it? The surest mistakes come first.

\`\`\`sql mistakes
select p.label, round(p.p_1, 2) as said_same, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
order by abs(p.p_1 - 0.5) desc
limit 100
\`\`\`

---
polytab: 1
title: First look at meanings of words
task: word-sense
---

# First look at meanings of words

WordNet groups words that share a meaning. **Which of 40 kinds of things is a meaning of** (a plant, an artifact, a verb
of motion), judged by the words, their definition and some counts?

With 67,000 training rows and 40 kinds this is the largest task of the suite: _Run all_ takes about half a minute on a quiet
machine, nearly all of it to fit the model. Without \`epochs: 3\` it goes over the rows five times, which takes longer and gains a little.

\`\`\`sql class_balance
select label, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: label
y: n
\`\`\`

Some kinds have hundreds of times more meanings than others. Accuracy does not mind when the small ones are never found;
the macro F1 in the score below does. The features name no column, so they run on every task of the track.

\`\`\`ts features
import { defineFeatures, type FeatureRecord, task, text } from "polytab";

const detail = /^(of|that|which|who|with|in|for|to|from|by|on|used|having|or|and)$/;

export default defineFeatures((row) => {
  const features: FeatureRecord = {};
  for (const name of task.columns.text) {
    const words = (row[name] ?? "").toLowerCase().match(/[\\p{L}\\p{N}']+/gu) ?? [];
    // "a small tree that …", "the act of …": the kind of thing stands before the first word that leads to a detail.
    const end = words.findIndex((word, i) => i > 0 && detail.test(word));
    features[\`\${name}_head\`] = words.at(end - 1) ?? null;
    features[\`\${name}_opening\`] = text(words.slice(0, 3).join("_"), words.slice(0, 2).join("_"));
  }
  return features;
});
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features, columns]
epochs: 3
seed: 7
\`\`\`

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

Which meanings does it get wrong? Predictions are a table like any other.

\`\`\`sql mistakes
select p.label, p.prediction, v.* exclude (id, label)
from mine as p join validation as v using (id)
where p.split = 'validation' and p.prediction <> p.label
limit 100
\`\`\`

And which kinds does it hardly ever find?

\`\`\`sql never_found
select label, count(*) as n, avg(case when prediction = label then 1 else 0 end) as found
from mine
where split = 'validation'
group by all
order by found
limit 20
\`\`\`
`;

/** The most general last: what was read last weighs most. */
export const PRIMING_3 = STARTERS + PRIMING_2;
