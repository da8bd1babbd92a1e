import { createTfidf, tokens } from "../similarity";
import { CANIUSE, type CaniuseEntry, readCaniuse } from "../sources/caniuse";
import { readWebFeatures, WEB_FEATURES, type WebFeature } from "../sources/web-features";
import { createGroups, poolOf, stratifiedSplit } from "../split";
import type { Cell, MatchRecord, Pair, Report, SampleTask } from "../task";

const SHARES = { train: 0.6, validation: 0.2, test: 0.2 };
const BROWSERS = ["chrome", "firefox", "safari", "edge"] as const;
const NEGATIVES_PER_ENTRY = 5;

export const task: SampleTask = {
  id: "web-features",
  title: "Same web feature in two encyclopaedias?",
  track: "matching",
  kind: "exact",
  description: `Two catalogues describe what browsers can do: web-features (left) and caniuse.com (right), each in its own words and with its
own dates. Say whether two entries mean the same feature.

The truth is kept by hand, by the editors of web-features, and does not come from the texts. The other pairs are the
entries that look most alike: five for each entry on the right. Versions are missing where a browser lacks the feature. All that
the links of the truth join lies in one split. Links to specifications are left out: they give the answer away.`,
  columns: [
    { name: "title", modality: "text", description: "The feature's name." },
    { name: "description", modality: "text", description: "What it does; on the right with the keywords." },
    { name: "area", modality: "categorical", description: "css, html, api, javascript, svg, http and others." },
    ...BROWSERS.map((browser) => ({
      name: browser,
      modality: "numeric" as const,
      description: `First version of ${browser[0].toUpperCase()}${browser.slice(1)} that supports it.`,
    })),
  ],
  metric: "f1",
  baselines: ["web-features-fusion", "web-features-text", "web-features-table"],
  sources: [WEB_FEATURES, CANIUSE],
  limits: { shares: SHARES, drift: 0.03, shortcut: 0.82, words: 0.88 },
  // Not by title: the editors leave some entries of one title unlinked, and so in splits of their own.
  apart: [],
  make,
};

function make(report: Report): { kind: "pairs"; layout: "flat"; pairs: Pair[] } {
  report(0, 1, "reading features");
  const features = readWebFeatures();
  const entries = readCaniuse();
  const links: [feature: string, entry: string][] = [...features].flatMap(([id, { caniuse = [] }]) =>
    [caniuse]
      .flat()
      .filter((entry) => entries.has(entry))
      .map((entry): [string, string] => [`left ${id}`, `right ${entry}`]),
  );
  const groups = createGroups();
  for (const [feature, entry] of links) groups.join(feature, entry);

  const linked = new Set(links.flat());
  const drafts = [
    ...[...features].map(([id, feature]) => ({ key: `left ${id}`, cells: featureCells(feature) })),
    ...[...entries].map(([id, entry]) => ({ key: `right ${id}`, cells: entryCells(entry) })),
  ].map((draft) => ({ ...draft, group: groups.of(draft.key) }));
  // Linked and unlinked entries in the same measure on every side: they decide the share of positives.
  const roles = drafts.map(({ key, group }) => ({
    group,
    label: linked.has(key) ? "linked" : key.startsWith("left") ? "left" : "right",
  }));
  const splitOf = stratifiedSplit(roles, SHARES, "split web-features");
  const records = drafts.map((draft): MatchRecord => ({ ...draft, split: splitOf.get(draft.group) ?? "train" }));
  return { kind: "pairs", layout: "flat", pairs: pairUp(records, links, report) };
}

function pairUp(records: readonly MatchRecord[], links: readonly [string, string][], report: Report): Pair[] {
  const byKey = new Map(records.map((record) => [record.key, record]));
  const pairs = links.flatMap(([feature, entry]): Pair[] => {
    const [left, right] = [byKey.get(feature), byKey.get(entry)];
    return left && right ? [{ left, right, label: 1 }] : [];
  });
  const { cosine } = createTfidf(
    records.map(({ cells }) => tokens(`${cells.title} ${cells.title} ${cells.description ?? ""}`)),
  );
  const placed = records.map((record, place) => ({
    record,
    place,
    pool: poolOf(record.split, record.group, SHARES, "web-features"),
  }));
  const lefts = placed.filter(({ record }) => record.key.startsWith("left"));
  const rights = placed.filter(({ record }) => record.key.startsWith("right"));
  for (const [i, { record: right, place, pool }] of rights.entries()) {
    report(i, rights.length, "looking for look-alikes");
    const near = lefts
      .filter(({ record, pool: other }) => other === pool && record.group !== right.group)
      .map(({ record, place: other }) => ({ left: record, likeness: cosine(place, other) }))
      .sort((a, b) => b.likeness - a.likeness || (a.left.key < b.left.key ? -1 : 1));
    for (const { left } of near.slice(0, NEGATIVES_PER_ENTRY)) pairs.push({ left, right, label: 0 });
  }
  return pairs;
}

function featureCells(feature: WebFeature): Record<string, Cell> {
  const support = feature.status?.support ?? {};
  return {
    title: feature.name,
    description: feature.description || null,
    area: feature.compat_features?.[0]?.split(".")[0] ?? "other",
    ...Object.fromEntries(BROWSERS.map((browser) => [browser, versionOf(support[browser])])),
  };
}

/** caniuse.com's categories in the terms of the other side. */
const AREAS: Record<string, string> = {
  CSS: "css",
  CSS2: "css",
  CSS3: "css",
  HTML5: "html",
  JS: "javascript",
  "JS API": "api",
  SVG: "svg",
  Canvas: "api",
  DOM: "api",
  Security: "http",
};

function entryCells(entry: CaniuseEntry): Record<string, Cell> {
  const keywords = (entry.keywords ?? "").replaceAll(",", " ");
  return {
    title: entry.title,
    description: `${entry.description} ${keywords}`.trim() || null,
    area: AREAS[entry.categories[0]] ?? "other",
    ...Object.fromEntries(BROWSERS.map((browser) => [browser, firstSupported(entry.stats[browser] ?? {})])),
  };
}

function firstSupported(versions: Record<string, string>): Cell {
  const supported = Object.entries(versions)
    .filter(([, support]) => support.startsWith("y"))
    .flatMap(([version]) => versionOf(version) ?? []);
  return supported.length > 0 ? Math.min(...supported) : null;
}

/** "≤79" is 79, "15.2-15.3" is 15.2, "TP" is no number. */
export function versionOf(text: string | undefined): number | null {
  const version = Number.parseFloat((text ?? "").replace("≤", ""));
  return Number.isFinite(version) ? version : null;
}
