import { pictureKey } from "../checks";
import { draw, pick, shuffled } from "../draw";
import { type Family, nearNames, readFamilies, STYLED_SETS } from "../icon-families";
import { evenNegatives, pairKey, turned } from "../pairs";
import { drawIcon } from "../raster";
import { countShapes, iconSource, isStroked, openSet } from "../sources/iconify";
import { stratifiedSplit } from "../split";
import type { Made, MatchRecord, Pair, Report, SampleTask } from "../task";

const SHARES = { train: 0.7, validation: 0.1, test: 0.2 };
const SETS = Object.keys(STYLED_SETS);
const FAMILIES = 15_000;
const DRAWINGS_PER_FAMILY = 3;
const NEGATIVES_PER_FAMILY = 4;
const SAME_STYLE = 0.45;
const HIDDEN_TITLES = 0.5;

export const task: SampleTask = {
  id: "icon-styles",
  title: "Same icon in another size, weight or style?",
  track: "matching",
  kind: "variant",
  description: `Drawings of seven icon sets, two at a time and both of one set. Say whether they are the same icon, drawn for another size, in another
weight or in another style.

The other pairs are icons with similar names ("calendar add", "calendar cancel"), nearly half of them in the same style. **Half of
the titles are hidden, drawn at random**: with all of them the names alone solve the task (F1 0.97 to 0.99 when it was tried),
which no real catalogue would allow. All icons whose names begin with the same word lie in one split, over all sets.`,
  columns: [
    {
      name: "title",
      modality: "text",
      description: "The icon's name with its style; hidden for half of the drawings.",
    },
    { name: "set", modality: "categorical", description: "The set; the same on both sides." },
    { name: "stroked", modality: "categorical", description: "Drawn with strokes or with filled shapes." },
    { name: "grid", modality: "numeric", description: "Side of the square for which it is drawn, in pixels." },
    { name: "ink", modality: "numeric", description: "How much of the square is covered, 0 to 1." },
    { name: "paths", modality: "numeric", description: "Shapes in the drawing's SVG." },
    { name: "svg_bytes", modality: "numeric", description: "Length of the drawing's SVG." },
    { name: "image", modality: "image", description: "The drawing in black, 32 x 32 pixels; alpha carries the shape." },
  ],
  metric: "f1",
  baselines: ["icon-styles-fusion", "icon-styles-text", "icon-styles-table", "icon-styles-image"],
  sources: SETS.map(iconSource),
  limits: { shares: SHARES, drift: 0.01, shortcut: 0.75, words: 0.65 },
  apart: [],
  make,
};

function make(report: Report): Made {
  report(0, 1, "reading icons");
  const near = nearNames(readFamilies());
  const splitOf = stratifiedSplit(
    [...near.keys()].map(({ head, set }) => ({ group: head, label: set })),
    SHARES,
    "split icon-styles",
  );
  const sides = ({ head }: Family) => splitOf.get(head) ?? "train";
  const neighbours = (family: Family) => (near.get(family) ?? []).filter((other) => sides(other) === sides(family));
  const chosen = shuffled(
    [...near.keys()].filter((family) => neighbours(family).length > 0),
    "choose icon-styles",
    ({ key }) => key,
  ).slice(0, FAMILIES);

  const recordOf = createDrawer((family) => ({ group: family.head, split: sides(family) }));
  const pairs = new Map<string, Pair>();
  for (const [i, family] of chosen.entries()) {
    report(i, chosen.length, "drawing icons");
    for (const [[a, b], label] of drawingsToPair(family, neighbours(family))) {
      const [left, right] = [recordOf(...a), recordOf(...b)];
      // The same drawing twice says nothing as a variant, and is wrong as another icon.
      if (!left || !right || left.cells.image === right.cells.image) continue;
      pairs.set(pairKey(left.key, right.key), turned({ left, right, label }, "icon-styles"));
    }
  }
  return { kind: "pairs", layout: "records", pairs: evenNegatives(withoutTwins([...pairs.values()]), "icon-styles") };
}

type Drawing = [family: Family, name: string];

/** One drawing with two more of its family, and drawings of the family with those of its neighbours. */
function drawingsToPair(family: Family, neighbours: readonly Family[]): [[Drawing, Drawing], 0 | 1][] {
  const own = shuffled(family.drawings, `drawings of ${family.key}`, ({ name }) => name).slice(0, DRAWINGS_PER_FAMILY);
  const positives = own.slice(1).map(({ name }): [[Drawing, Drawing], 1] => [
    [
      [family, own[0].name],
      [family, name],
    ],
    1,
  ]);
  const negatives = neighbours.slice(0, NEGATIVES_PER_FAMILY).map((other, k): [[Drawing, Drawing], 0] => {
    const one = own[k % own.length];
    const same = other.drawings.filter(({ style }) => style === one.style);
    const different = other.drawings.filter(({ style }) => style !== one.style);
    const wantSame = draw(`same style for ${family.key}`, other.key) < SAME_STYLE;
    const from = (wantSame && same.length > 0) || different.length === 0 ? same : different;
    return [
      [
        [family, one.name],
        [other, pick(from, `drawing for ${family.key}`, other.key).name],
      ],
      0,
    ];
  });
  return [...positives, ...negatives];
}

/** Draws each icon once. Equal pictures share one array, so that they are found by identity. */
function createDrawer(sideOf: (family: Family) => Pick<MatchRecord, "group" | "split">) {
  const sets = new Map(SETS.map((set) => [set, openSet(set)]));
  const records = new Map<string, MatchRecord | undefined>();
  const pictures = new Map<string, Uint8Array>();
  return (family: Family, name: string): MatchRecord | undefined => {
    const key = `${family.set}:${name}`;
    if (records.has(key)) return records.get(key);
    const icon = sets.get(family.set)?.icon(name);
    const picture = icon && drawIcon(icon);
    let record: MatchRecord | undefined;
    if (picture) {
      const print = pictureKey(picture.png) ?? "";
      const image = pictures.get(print) ?? picture.png;
      pictures.set(print, image);
      record = {
        key,
        ...sideOf(family),
        cells: {
          title: draw("hide title", key) < HIDDEN_TITLES ? null : name.replaceAll("-", " "),
          set: family.set,
          stroked: isStroked(icon.body) ? "strokes" : "shapes",
          grid: icon.height,
          ink: picture.ink,
          paths: countShapes(icon.body),
          svg_bytes: icon.body.length,
          image,
        },
      };
    }
    records.set(key, record);
    return record;
  };
}

/** A few drawings are the same under names of two splits. The first split that has a drawing keeps it. */
function withoutTwins(pairs: readonly Pair[]): Pair[] {
  const keeper = new Map<unknown, string>();
  const keeps = ({ cells, split }: MatchRecord) => {
    const kept = keeper.get(cells.image) ?? split;
    keeper.set(cells.image, kept);
    return kept === split;
  };
  return pairs.filter(({ left, right }) => {
    const both = [keeps(left), keeps(right)];
    return both[0] && both[1];
  });
}
