import { pictureKey } from "../checks";
import { drawIcon, type Picture } from "../raster";
import { countShapes, type Icon, iconCategories, iconSource, isStroked, openSet } from "../sources/iconify";
import { createGroups, stratifiedSplit } from "../split";
import type { Cell, Report, Row, SampleTask } from "../task";
import { TOPICS } from "../topics";

const SHARES = { train: 0.7, validation: 0.1, test: 0.2 };
const SETS = ["mdi", "solar", "streamline", "streamline-ultimate", "icon-park-outline", "uil", "iconoir"];

export const task: SampleTask = {
  id: "icon-topic",
  title: "What is this icon about?",
  track: "classification",
  description: `Icons of seven sets, each with its name and its drawing. Say which of 18 topics an icon belongs to. The topics come from the sets'
own categories, mapped by hand; icons that fall under none or several of them are left out.

All icons of one name lie in one split, in every style and of every set, and so do icons with the very same drawing. Families of
names ("battery low", "battery full") may be split: holding out whole families by their first word is much harder (all columns
together fell from 0.83 to 0.49 when it was tried).`,
  columns: [
    { name: "name", modality: "text", description: "The icon's name without its style." },
    { name: "set", modality: "categorical", description: "The set that it comes from." },
    { name: "style", modality: "categorical", description: "The style in which it is drawn." },
    { name: "stroked", modality: "categorical", description: "Drawn with strokes or with filled shapes." },
    { name: "ink", modality: "numeric", description: "How much of the square is covered, 0 to 1." },
    { name: "paths", modality: "numeric", description: "Shapes in the drawing's SVG." },
    { name: "cmds", modality: "numeric", description: "Drawing commands in the SVG's paths." },
    { name: "curves", modality: "numeric", description: "Curve and arc commands among them." },
    { name: "svg_bytes", modality: "numeric", description: "Length of the drawing's SVG." },
    { name: "image", modality: "image", description: "The icon in black, 32 x 32 pixels; alpha carries the shape." },
  ],
  metric: "accuracy",
  baselines: ["icon-topic-fusion", "icon-topic-text", "icon-topic-table", "icon-topic-image"],
  sources: SETS.map(iconSource),
  limits: { shares: SHARES, drift: 0.01, shortcut: 0.3, words: 0.82 },
  apart: [["name"]],
  make,
};

function make(report: Report): { kind: "rows"; rows: Row[] } {
  const groups = createGroups();
  const wanted = SETS.flatMap((set) => topicsOf(set));
  const drawn = wanted.flatMap(({ icon, topic }, i) => {
    report(i, wanted.length, "drawing icons");
    const picture = drawIcon(icon);
    if (!picture) return [];
    const key = `${icon.set}:${icon.name}`;
    const { base, style } = nameParts(icon);
    groups.join(key, `name ${base}`);
    groups.join(key, `picture ${pictureKey(picture.png)}`);
    return [{ key, label: topic, cells: cellsOf(icon, base, style, picture) }];
  });
  const grouped = drawn.map((row) => ({ ...row, group: groups.of(row.key) }));
  const splitOf = stratifiedSplit(grouped, SHARES, "split icon-topic");
  return { kind: "rows", rows: grouped.map((row) => ({ ...row, split: splitOf.get(row.group) ?? "train" })) };
}

/** The set's icons whose categories all lead to one topic. */
function topicsOf(set: string): { icon: Icon; topic: string }[] {
  const opened = openSet(set);
  return [...iconCategories(set)].flatMap(([name, categories]) => {
    const topics = new Set(categories.map((category) => topicOf(set, category)));
    const [topic] = topics;
    const icon = opened.icon(name);
    return topics.size === 1 && topic !== undefined && icon ? [{ icon, topic }] : [];
  });
}

export function topicOf(set: string, category: string): string | undefined {
  return Object.keys(TOPICS).find((topic) => TOPICS[topic][set]?.includes(category));
}

const STYLE = /-(bold-duotone|line-duotone|linear|broken|bold|outline|fill|line|solid|duotone)$/;

/** The name that an icon shares with its other styles, and the style. */
export function nameParts({ set, name }: Pick<Icon, "set" | "name">): { base: string; style: string } {
  const found = set === "uil" ? null : name.match(STYLE);
  const style = found?.[1] ?? (set === "mdi" && name.endsWith("-variant") ? "variant" : "regular");
  const base = found ? name.replace(STYLE, "") : name;
  // Streamline numbers its alternatives: "camera-1", "camera-2".
  return { base: (set.startsWith("streamline") ? base.replace(/-[123]$/, "") : base).replaceAll(/[-_]/g, " "), style };
}

function cellsOf(icon: Icon, base: string, style: string, picture: Picture): Record<string, Cell> {
  const drawing = [...icon.body.matchAll(/ d="([^"]*)"/g)].map(([, commands]) => commands).join(" ");
  return {
    name: base,
    set: icon.set,
    style,
    stroked: isStroked(icon.body) ? "strokes" : "shapes",
    ink: picture.ink,
    paths: countShapes(icon.body),
    cmds: (drawing.match(/[MLHVCSQTAZ]/gi) ?? []).length,
    curves: (drawing.match(/[CSQTA]/gi) ?? []).length,
    svg_bytes: icon.body.length,
    image: picture.png,
  };
}
