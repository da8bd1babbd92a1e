import { draw, shuffled } from "../draw";
import { groupBy } from "../group-by";
import { evenNegatives, pairKey, turned } from "../pairs";
import { tokens } from "../similarity";
import { type Listing, loadListings, ZIGBEE } from "../sources/zigbee";
import { createGroups, stratifiedSplit } from "../split";
import type { Cell, MatchRecord, Pair, Report, SampleTask } from "../task";

const SHARES = { train: 0.6, validation: 0.2, test: 0.2 };
const PAIRS_PER_FAMILY = 12;
/** Pairs whose descriptions are the same word for word tell a learner little: this share of them is kept. */
const KEPT_EQUAL = 0.15;
const NEAREST = 3;
const OTHERS = 3;

export const task: SampleTask = {
  id: "smart-home-variants",
  title: "Same product, other colour, size or socket?",
  track: "matching",
  kind: "variant",
  description: `Two listings of one vendor's smart-home products, of the same type. Say whether they are variants of one product: the same lamp in
black and in white, with another socket, another brightness, another plug.

A hard task, and an honest one: **its labels are noisy**. The truth is what the maintainers of an open catalogue put under
one definition, and for some vendors they keep variants apart, which then count as different products. Listings that differ
by nothing but colour, socket or numbers are never used as negatives. Colour, socket and lumen are read from the description and
missing for nine listings in ten, as in a real catalogue with sparse specifications.`,
  columns: [
    { name: "description", modality: "text", description: "What the vendor's catalogue calls the product." },
    { name: "model", modality: "text", description: "The vendor's model number." },
    { name: "vendor", modality: "categorical", description: "The brand; the same on both sides." },
    { name: "type", modality: "categorical", description: "The product's type; the same on both sides." },
    { name: "socket", modality: "categorical", description: "Lamp socket or shape named in the description." },
    { name: "colour", modality: "categorical", description: "Colour of the case named in the description." },
    { name: "lumen", modality: "numeric", description: "Brightness named in the description." },
    { name: "watt", modality: "numeric", description: "Power named in the description." },
    { name: "gang", modality: "numeric", description: "Number of switches or channels named in the description." },
  ],
  metric: "f1",
  baselines: ["smart-home-variants-fusion", "smart-home-variants-text", "smart-home-variants-table"],
  sources: [ZIGBEE],
  limits: { shares: SHARES, drift: 0.02, shortcut: 0.65, words: 0.83 },
  apart: [["vendor", "description"]],
  make,
};

interface Product {
  listing: Listing;
  record: MatchRecord;
  words: Set<string>;
  /** The description without colours, sockets and numbers: what two variants have in common. */
  core: string;
}

function make(report: Report): { kind: "pairs"; layout: "flat"; pairs: Pair[] } {
  report(0, 1, "reading products");
  const products = readProducts();
  const positives = positivePairs(products);
  const negatives = negativePairs(products, positives, report);
  return { kind: "pairs", layout: "flat", pairs: evenNegatives([...positives, ...negatives], "smart-home-variants") };
}

function readProducts(): Product[] {
  const listings = loadListings().filter(({ description }) => description !== "");
  const groups = createGroups();
  for (const { family, vendor, description } of listings)
    groups.join(family, `says ${vendor}: ${description.toLowerCase()}`);
  const sizes = new Map<string, number>();
  for (const { family } of listings) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  const roles = listings.map(({ family, type }) => ({
    group: groups.of(family),
    // Families with variants give the positives; with their type they decide what a split can be made of.
    label: (sizes.get(family) ?? 0) > 1 ? `variants of ${type}` : type,
  }));
  const splitOf = stratifiedSplit(roles, SHARES, "split smart-home-variants");
  return listings.map((listing, i) => ({
    listing,
    record: {
      key: listing.key,
      group: roles[i].group,
      split: splitOf.get(roles[i].group) ?? "train",
      cells: cellsOf(listing),
    },
    words: new Set(tokens(listing.description)),
    core: coreOf(listing.description),
  }));
}

/** Two listings of one vendor in one definition. */
function positivePairs(products: readonly Product[]): Pair[] {
  const families = groupBy(products, ({ listing }) => listing.family);
  return [...families.values()].flatMap((members) => {
    const pairs = members.flatMap((a, i) =>
      members.slice(i + 1).flatMap((b): Pair[] => {
        if (a.listing.vendor !== b.listing.vendor) return [];
        const key = pairKey(a.record.key, b.record.key);
        const equal = a.listing.description.toLowerCase() === b.listing.description.toLowerCase();
        if (equal && draw("keep equal description", key) > KEPT_EQUAL) return [];
        return [turned({ left: a.record, right: b.record, label: 1 }, "variants")];
      }),
    );
    return shuffled(pairs, "pairs of a family", ({ left, right }) => pairKey(left.key, right.key)).slice(
      0,
      PAIRS_PER_FAMILY,
    );
  });
}

/** For each listing of a positive: the nearest of the same vendor and type by shared words, and some others. */
function negativePairs(products: readonly Product[], positives: readonly Pair[], report: Report): Pair[] {
  const anchors = new Set(positives.flatMap(({ left, right }) => [left.key, right.key]));
  const weightOf = wordWeights(products);
  const shelves = groupBy(products, ({ listing, record }) => `${listing.vendor} ${listing.type} ${record.split}`);
  const pairs = new Map<string, Pair>();
  for (const [i, anchor] of products.entries()) {
    report(i, products.length, "looking for look-alikes");
    if (!anchors.has(anchor.record.key)) continue;
    const shelf = shelves.get(`${anchor.listing.vendor} ${anchor.listing.type} ${anchor.record.split}`) ?? [];
    const near = shelf
      .filter(({ record, core }) => record.group !== anchor.record.group && core !== anchor.core)
      .map((other) => ({ other, likeness: weightedJaccard(anchor.words, other.words, weightOf) }))
      .sort((a, b) => b.likeness - a.likeness || (a.other.record.key < b.other.record.key ? -1 : 1))
      .map(({ other }) => other);
    const others = shuffled(near.slice(NEAREST), `others of ${anchor.record.key}`, ({ record }) => record.key);
    for (const { record } of [...near.slice(0, NEAREST), ...others.slice(0, OTHERS)]) {
      const key = pairKey(anchor.record.key, record.key);
      pairs.set(key, turned({ left: anchor.record, right: record, label: 0 }, "variants"));
    }
  }
  return [...pairs.values()];
}

function wordWeights(products: readonly Product[]): (word: string) => number {
  const frequency = new Map<string, number>();
  for (const { words } of products) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return (word) => Math.log(products.length / (frequency.get(word) ?? 1));
}

function weightedJaccard(a: ReadonlySet<string>, b: ReadonlySet<string>, weightOf: (word: string) => number): number {
  let shared = 0;
  let all = 0;
  for (const word of a) {
    const weight = weightOf(word);
    all += weight;
    if (b.has(word)) shared += weight;
  }
  for (const word of b) if (!a.has(word)) all += weightOf(word);
  return all === 0 ? 0 : shared / all;
}

const SOCKET = /\b(E27|E14|E26|E12|GU10|GU5\.3|MR16|B22|GX53|G9|BR30|PAR16|PAR38)\b/i;
const COLOUR = /\b(black|white|silver|gold|grey|gray|red|chrome|nickel|brushed)\b/i;

function cellsOf({ description, model, vendor, type }: Listing): Record<string, Cell> {
  return {
    description,
    model,
    vendor,
    type,
    socket: description.match(SOCKET)?.[0].toUpperCase() ?? null,
    colour: description.match(COLOUR)?.[0].toLowerCase() ?? null,
    lumen: numberIn(description, /(\d{2,5})\s?(?:lm\b|lumen)/i),
    watt: numberIn(description, /(\d+(?:[.,]\d+)?)\s?W\b/),
    gang: numberIn(description, /(\d)[ -]?(?:gang|channel|ch\b|way)/i),
  };
}

function numberIn(text: string, pattern: RegExp): Cell {
  const found = text.match(pattern);
  return found ? Number(found[1].replace(",", ".")) : null;
}

/** "Hue bulb E27 (Black), 810 lm" and "Hue bulb E26 (White), 1100 lm" have the core "hue bulb". */
export function coreOf(description: string): string {
  return tokens(description.replace(new RegExp(SOCKET, "gi"), " ").replace(new RegExp(COLOUR, "gi"), " "))
    .filter((word) => !/\d/.test(word) && !UNITS.has(word))
    .join(" ");
}

const UNITS = new Set(["lm", "lumen", "w", "k", "v", "cm", "mm", "m", "inch", "eu", "us", "uk", "au"]);
