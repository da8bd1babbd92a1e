import { createRandom, shuffle } from "../../../src/base";
import { pictureKey } from "../checks";
import { pick, shuffled } from "../draw";
import { groupBy } from "../group-by";
import { distance, thumbnail } from "../likeness";
import { drawIcon, type Picture } from "../raster";
import { EMOJIBASE, type Emoji, groupNames, readEmoji } from "../sources/emojibase";
import { countColours, countShapes, emojiKey, emojiNames, type Icon, iconSource, openSet } from "../sources/iconify";
import { createGroups, poolOf, stratifiedSplit } from "../split";
import type { Cell, MatchRecord, Pair, Report, SampleTask } from "../task";

const SHARES = { train: 0.6, validation: 0.2, test: 0.2 };
const LANGUAGES = ["de", "fr", "es", "it", "nl", "pt", "da", "sv", "nb", "pl", "hu", "fi", "et", "lt"];
const LANGUAGES_PER_EMOJI = 8;
const ENGLISH_VENDOR = "noto";
const OTHER_VENDORS = ["fluent-emoji-flat", "twemoji"];
const NEGATIVES_PER_POSITIVE = 2;
/** Of how many drawn emoji the nearest pictures are taken, where the subgroup does not give enough. */
const POOL = 60;

export const task: SampleTask = {
  id: "emoji-languages",
  title: "Same emoji in another language, by another artist?",
  track: "matching",
  kind: "exact",
  description: `Two catalogues of the same things. The left one is English, with Noto's pictures; the right one is in one of 14 languages, with
pictures of Twemoji or Fluent. Say whether two records are the same emoji.

The truth is airtight: it is the emoji's code, which is withheld. The other pairs are hard on purpose: emoji of the same
subgroup that look alike, or that came with the same version. No emoji lies in two splits. Each language lists the emoji in
the same order, so ids and order of the records are drawn anew.`,
  columns: [
    { name: "title", modality: "text", description: "The short name in the record's language (Unicode CLDR)." },
    { name: "keywords", modality: "text", description: "Keywords in the record's language." },
    { name: "language", modality: "categorical", description: "The record's language; English on the left." },
    { name: "vendor", modality: "categorical", description: "Whose picture it is; Noto on the left." },
    { name: "version", modality: "numeric", description: "The Emoji version that brought it." },
    { name: "colours", modality: "numeric", description: "Different colours named in the drawing's SVG." },
    { name: "paths", modality: "numeric", description: "Shapes in the drawing's SVG." },
    { name: "image", modality: "image", description: "The emoji as this vendor draws it, 32 x 32 pixels." },
  ],
  metric: "f1",
  baselines: ["emoji-languages-fusion", "emoji-languages-text", "emoji-languages-table", "emoji-languages-image"],
  sources: [EMOJIBASE, ...[ENGLISH_VENDOR, ...OTHER_VENDORS].map(iconSource)],
  limits: { shares: SHARES, drift: 0.005, shortcut: 0.8, words: 0.65 },
  apart: [],
  make,
};

/** An emoji with its record on the left and its records on the right, as far as they can be made. */
interface Entry {
  emoji: Emoji;
  left: Drawn;
  rights: Drawn[];
}

interface Drawn {
  key: string;
  cells: Record<string, Cell>;
  thumbnail: Float32Array;
}

/** The same with the side of the split that it lies on. */
interface Placed {
  emoji: Emoji;
  left: { record: MatchRecord; thumbnail: Float32Array };
  rights: { record: MatchRecord; thumbnail: Float32Array }[];
}

function make(report: Report): { kind: "pairs"; layout: "records"; pairs: Pair[] } {
  const entries = place(readEntries(report));
  const poolFor = ({ left: { record } }: Placed) => poolOf(record.split, record.group, SHARES, "emoji-languages");
  const pools = groupBy(entries, poolFor);
  const pairs = entries.flatMap((entry, i): Pair[] => {
    report(i, entries.length, "looking for look-alikes");
    const negatives = negativesOf(entry, pools.get(poolFor(entry)) ?? []);
    return [
      ...entry.rights.map(({ record }): Pair => ({ left: entry.left.record, right: record, label: 1 })),
      ...negatives.map((record): Pair => ({ left: entry.left.record, right: record, label: 0 })),
    ];
  });
  return { kind: "pairs", layout: "records", pairs };
}

function readEntries(report: Report): Entry[] {
  const languages = new Map(
    LANGUAGES.map((language) => [language, new Map(readEmoji(language).map((emoji) => [emoji.hexcode, emoji]))]),
  );
  const pictureOf = openVendors();
  const emojis = readEmoji("en");
  return emojis.flatMap((emoji, i) => {
    report(i, emojis.length, "drawing emoji");
    const record = (side: string, language: string, vendor: string): Drawn[] => {
      const named = language === "en" ? emoji : languages.get(language)?.get(emoji.hexcode);
      const drawn = pictureOf(vendor, emoji.hexcode);
      if (!named?.label || !drawn) return [];
      const { icon, picture, thumbnail } = drawn;
      const cells: Record<string, Cell> = {
        title: named.label,
        keywords: named.tags?.join(" ") || null,
        language,
        vendor,
        version: emoji.version,
        colours: countColours(icon.body),
        paths: countShapes(icon.body),
        image: picture.png,
      };
      return [{ key: `${side} ${emoji.hexcode} ${language}`, cells, thumbnail }];
    };
    const chosen = shuffled(LANGUAGES, `languages of ${emoji.hexcode}`, (language) => language).slice(
      0,
      LANGUAGES_PER_EMOJI,
    );
    const rights = chosen.flatMap((language, k) => record("right", language, OTHER_VENDORS[k % OTHER_VENDORS.length]));
    const [left] = record("left", "en", ENGLISH_VENDOR);
    return left && rights.length > 0 ? [{ emoji, left, rights }] : [];
  });
}

/** Emoji with the very same picture (Norway's flag and Bouvet Island's) go to one split. */
function place(entries: readonly Entry[]): Placed[] {
  const groups = createGroups();
  for (const { emoji, left, rights } of entries) {
    for (const { cells } of [left, ...rights]) groups.join(emoji.hexcode, `picture ${pictureKey(cells.image)}`);
  }
  const names = groupNames();
  // One item for each pair to come, so that the splits are even in pairs.
  const items = entries.flatMap(({ emoji, rights }) =>
    rights.map(() => ({ group: groups.of(emoji.hexcode), label: names[String(emoji.group)] })),
  );
  const splitOf = stratifiedSplit(items, SHARES, "split emoji-languages");
  return entries.map(({ emoji, left, rights }) => {
    const group = groups.of(emoji.hexcode);
    const split = splitOf.get(group) ?? "train";
    const placed = ({ key, cells, thumbnail }: Drawn) => ({ record: { key, cells, group, split }, thumbnail });
    return { emoji, left: placed(left), rights: rights.map(placed) };
  });
}

/**
 * Two for each positive: the nearest pictures of the subgroup, then the subgroup's emoji of the same version, then, until
 * there are enough, the nearest of some of the group and version, of the group, of all. Without the last steps small
 * subgroups would give fewer and the share of positives would differ between the splits (33, 53 and 43 % at first).
 */
function negativesOf(entry: Placed, pool: readonly Placed[]): MatchRecord[] {
  const { emoji, left } = entry;
  const wanted = NEGATIVES_PER_POSITIVE * entry.rights.length;
  const chosen = new Map<string, MatchRecord>();
  const take = (candidates: readonly Placed[], most: number) => {
    for (const other of candidates.slice(0, most)) {
      if (chosen.size >= wanted) return;
      const { record } = rightOf(other);
      chosen.set(record.key, record);
    }
  };
  const rightOf = (other: Placed) => pick(other.rights, `right of ${emoji.hexcode}`, other.emoji.hexcode);
  const nearest = (candidates: readonly Placed[]) =>
    candidates
      .map((other) => ({ other, far: distance(left.thumbnail, rightOf(other).thumbnail) }))
      .sort((a, b) => a.far - b.far || (a.other.emoji.hexcode < b.other.emoji.hexcode ? -1 : 1))
      .map(({ other }) => other);

  const others = pool.filter((other) => other !== entry);
  const near = others.filter((other) => other.emoji.subgroup === emoji.subgroup);
  take(nearest(near), Math.ceil(entry.rights.length / 2));
  const sameVersion = near.filter((other) => other.emoji.version === emoji.version);
  take(
    shuffled(sameVersion, `version of ${emoji.hexcode}`, (other) => other.emoji.hexcode),
    entry.rights.length,
  );
  const group = others.filter((other) => other.emoji.group === emoji.group);
  const wider = [group.filter((other) => other.emoji.version === emoji.version), group, others];
  for (const [k, candidates] of wider.entries()) {
    if (chosen.size >= wanted) break;
    const some = shuffle([...candidates], createRandom(`${k} wider than ${emoji.hexcode}`)).slice(0, POOL);
    take(nearest(some), POOL);
  }
  return [...chosen.values()];
}

type Picturing = { icon: Icon; picture: Picture; thumbnail: Float32Array } | undefined;

/** Each vendor's drawing of an emoji, drawn once. */
function openVendors(): (vendor: string, hexcode: string) => Picturing {
  const vendors = new Map(
    [ENGLISH_VENDOR, ...OTHER_VENDORS].map((vendor) => [vendor, { set: openSet(vendor), names: emojiNames(vendor) }]),
  );
  const drawn = new Map<string, Picturing>();
  return (vendor, hexcode) => {
    const key = `${vendor} ${emojiKey(hexcode)}`;
    if (drawn.has(key)) return drawn.get(key);
    const opened = vendors.get(vendor);
    const name = opened?.names.get(emojiKey(hexcode));
    const icon = name === undefined ? undefined : opened?.set.icon(name);
    const picture = icon && drawIcon(icon);
    const found = picture && { icon, picture, thumbnail: thumbnail(picture) };
    drawn.set(key, found);
    return found;
  };
}
