import { type FactTable as Facts, SCRIPTS } from "../../tasks";
import { formatCount } from "../parts/format";
import { FactTable } from "./FactTable";

const WORDS: Record<string, string> = {
  different: "distinct",
  repeats: "repeat another row",
  ascii_only: "only ASCII",
  digits: "with digits",
  capitals: "with upper-case letters",
  mean_bytes: "mean size in bytes",
  png: "PNG",
  jpeg: "JPEG",
  webp: "WebP",
  gif: "GIF",
  unknown: "broken (no known header)",
  ...Object.fromEntries(SCRIPTS.map(({ name, words }) => [name, `with ${words}`])),
};
/** Formats that no class has say nothing. */
const ONLY_IF_ANY = new Set(["png", "jpeg", "webp", "gif"]);

/** What a column's texts or pictures are made of, a column a class. */
export function ClassFacts({ caption, facts, names }: { caption: string; facts: Facts; names: readonly string[] }) {
  const shown = facts.facts.filter(({ name, counts }) => !ONLY_IF_ANY.has(name) || counts.some((count) => count > 0));
  return (
    <FactTable
      caption={caption}
      head={["", ...names]}
      rows={shown.map(({ name, counts }) => [
        WORDS[name] ?? name,
        ...counts.map((count) => formatCount(Math.round(count))),
      ])}
    />
  );
}
