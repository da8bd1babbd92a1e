import { shuffled } from "../draw";
import { distance, thumbnail } from "../likeness";
import { drawIcon, panics } from "../raster";
import { EMOJIBASE, groupNames, readEmoji } from "../sources/emojibase";
import { countColours, countShapes, emojiKey, emojiNames, type Icon, iconSource, openSet } from "../sources/iconify";
import { createGroups, type Groups, stratifiedSplit } from "../split";
import type { Report, Row, SampleTask } from "../task";

const VENDORS = ["noto", "twemoji", "fluent-emoji-flat"] as const;
const SHARES = { train: 0.6, validation: 0.2, test: 0.2 };

export const task: SampleTask = {
  id: "emoji-aisle",
  title: "Which aisle does this emoji belong to?",
  track: "classification",
  description: `Unicode sorts its emoji into nine groups, as a shop sorts its goods into aisles. Say which one an emoji belongs to, from
its name, its picture as one of three vendors draws it, and a few facts about both.

The name alone is not enough ("guide dog", "fire extinguisher", "wheel"), and neither is the picture. Keywords, code points and
the order of the emoji are left out: each gives the group away. Emoji that differ only by man, woman or person, hours of
the clock, keycaps, and emoji whose pictures look the same lie in one split.`,
  columns: [
    { name: "name", modality: "text", description: "The emoji's short name in English (Unicode CLDR)." },
    { name: "vendor", modality: "categorical", description: "Whose picture it is." },
    {
      name: "skin",
      modality: "categorical",
      description: "Whether the emoji comes in skin tones (toned) or not (plain).",
    },
    {
      name: "presentation",
      modality: "categorical",
      description: "Whether it is shown as a picture or as text by default.",
    },
    { name: "unicode_version", modality: "numeric", description: "The Emoji version that brought it." },
    { name: "codepoints", modality: "numeric", description: "Code points it is made of, without variation selectors." },
    { name: "colours", modality: "numeric", description: "Different colours named in the drawing's SVG." },
    { name: "paths", modality: "numeric", description: "Shapes in the drawing's SVG." },
    { name: "svg_bytes", modality: "numeric", description: "Length of the drawing's SVG." },
    { name: "image", modality: "image", description: "The emoji as this vendor draws it, 32 x 32 pixels." },
  ],
  metric: "accuracy",
  baselines: ["emoji-aisle-fusion", "emoji-aisle-text", "emoji-aisle-table", "emoji-aisle-image"],
  sources: [EMOJIBASE, ...VENDORS.map(iconSource)],
  limits: { shares: SHARES, drift: 0.03, shortcut: 0.4, words: 0.65 },
  apart: [["name"]],
  make,
};

function make(report: Report): { kind: "rows"; rows: Row[] } {
  const emoji = readEmoji("en");
  const names = groupNames();
  const iconOf = openVendors();
  const families = createGroups();
  const thumbnails: { key: string; thumbnail: Float32Array }[] = [];
  const found: Omit<Row, "group" | "split">[] = [];
  for (const [i, { hexcode, label, group, type, version, skins }] of emoji.entries()) {
    report(i, emoji.length, "drawing emoji");
    const code = emojiKey(hexcode);
    const icon = shuffled(VENDORS, "vendor of", (vendor) => `${vendor} ${code}`)
      .map((vendor) => iconOf(vendor, code))
      .find((candidate) => candidate !== undefined && !panics(candidate));
    const picture = icon && drawIcon(icon);
    if (!picture) continue;
    families.join(code, `family ${familyOf(label)}`);
    thumbnails.push({ key: code, thumbnail: thumbnail(picture) });
    found.push({
      key: code,
      label: names[String(group)],
      cells: {
        name: label,
        vendor: icon.set,
        skin: skins ? "toned" : "plain",
        presentation: type === 1 ? "emoji" : "text",
        unicode_version: version,
        codepoints: code.split("-").length,
        colours: countColours(icon.body),
        paths: countShapes(icon.body),
        svg_bytes: icon.body.length,
        image: picture.png,
      },
    });
  }
  joinLookAlikes(families, thumbnails);
  const grouped = found.map((row) => ({ ...row, group: families.of(row.key) }));
  const splitOf = stratifiedSplit(grouped, SHARES, "split emoji-aisle");
  return { kind: "rows", rows: grouped.map((row) => ({ ...row, split: splitOf.get(row.group) ?? "train" })) };
}

const PEOPLE = /\b(man|woman|men|women|person|people|boy|girl|child|adult|male|female)\b/g;
const HOUR = /^\w+(?:-thirty| o’clock)$/;

/** "man running", "woman running" and "person running" are one family; so are all keycaps and all hours of the clock. */
export function familyOf(name: string): string {
  const plain = name.toLowerCase();
  if (plain.startsWith("keycap: ")) return "keycap";
  if (HOUR.test(plain)) return "clock";
  return (
    plain
      .replace(PEOPLE, "")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim() || "people"
  );
}

/** Squared distance of thumbnails below which two pictures are taken for one: the cats that grin, two balloons. */
const ALIKE = 0.15;

/** Joins emoji whose pictures are the same to the eye ("grinning cat" and "grinning cat with smiling eyes"). */
function joinLookAlikes(families: Groups, drawn: readonly { key: string; thumbnail: Float32Array }[]): void {
  for (const [i, one] of drawn.entries()) {
    for (const other of drawn.slice(i + 1)) {
      if (distance(one.thumbnail, other.thumbnail) < ALIKE) families.join(one.key, other.key);
    }
  }
}

function openVendors(): (vendor: string, code: string) => Icon | undefined {
  const vendors = new Map(
    VENDORS.map((vendor) => [vendor as string, { set: openSet(vendor), names: emojiNames(vendor) }]),
  );
  return (vendor, code) => {
    const opened = vendors.get(vendor);
    const name = opened?.names.get(code);
    return name === undefined ? undefined : opened?.set.icon(name);
  };
}
