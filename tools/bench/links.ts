import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, deflateRawSync } from "node:zlib";
import lzString from "lz-string";
import { codeCells, parseNotebook } from "../../src/notebook";
import { decodeLink, encodeLink } from "../../src/share";
import type { Measured } from "./main";

const RUNS = 7;

/**
 * The fragment's length with two scores and a check of every cell, against what other packers need for the same text
 * alone, in base64url: of the starters, which the codec has read; of forks of them; and of notebooks that it has not seen.
 * And how long packing and unpacking take.
 */
export async function links(): Promise<Measured[]> {
  const starters = notebooksOf("../samples/notebooks");
  const started = performance.now();
  encodeLink({ markdown: "" });
  const priming = performance.now() - started;
  const characters = (what: string, count: number): Measured => ({ what, unit: "characters", values: [count] });
  const base64 = (bytes: Uint8Array): number => Math.ceil((bytes.length * 4) / 3);
  const lengths = [...starters, ...starters.map(forked), ...notebooksOf("unseen")].flatMap(({ name, text }) => [
    characters(`${name}: the text`, text.length),
    characters(
      `${name}: Polytab's link, with scores and checks`,
      encodeLink(asShared(parseNotebook(text).front.task ?? name, text)).length,
    ),
    characters(`${name}: brotli, 11`, base64(brotliCompressSync(text, brotli(text)))),
    characters(`${name}: raw deflate, 9`, base64(deflateRawSync(text, { level: 9 }))),
    characters(`${name}: lz-string`, lzString.compressToEncodedURIComponent(text).length),
  ]);
  const long = starters
    .map(({ text }) => text)
    .join("\n")
    .slice(0, 20_000);
  const link = encodeLink({ markdown: long });
  return [
    ...lengths,
    { what: "reading the priming text, once a visit", unit: "ms", values: [priming] },
    { what: "packing 20,000 characters", unit: "ms", values: timed(() => encodeLink({ markdown: long })) },
    { what: "unpacking 20,000 characters", unit: "ms", values: timed(() => decodeLink(link)) },
    {
      what: "packing a typical notebook (2,000 characters)",
      unit: "ms",
      values: timed(() => encodeLink({ markdown: long.slice(0, 2_000) })),
    },
  ];
}

/** A starter as a link carries it: with two scores and a check of every cell. */
export function asShared(id: string, markdown: string) {
  const cells = codeCells(parseNotebook(markdown));
  const checks = cells.map(({ name }, i) => [name, ["aZ3k", "Q_9x", "0Lmd", "wT-4", "c8Yb", "Hn2E"][i % 6]]);
  return {
    markdown,
    task: { id, data: "7f3a90c1d2be" },
    scores: { result: { mine: 0.7834619273450187, majority: 0.1538461538461538 } },
    checks: Object.fromEntries(checks),
  };
}

function brotli(text: string) {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  };
}

function notebooksOf(folder: string): Named[] {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path)
    .sort()
    .map((file) => ({ name: file.replace(".md", ""), text: readFileSync(join(path, file), "utf8") }));
}

interface Named {
  name: string;
  text: string;
}

/** As a reader would change it: another title, a query and a learner of their own. */
function forked({ name, text }: Named): Named {
  const own = `
\`\`\`sql longest
select label, max(length(name)) as letters, quantile_cont(length(name), 0.9) as most
from train
group by label
having count(*) > 20
order by letters desc
\`\`\`

\`\`\`model forest
learner: gbdt
inputs: [features, columns]
rounds: 350
leaves: 15
seed: 42
\`\`\`
`;
  return {
    name: `${name}, forked`,
    text: `${text.replace(/^title: .*$/m, "title: Do longer names and deeper trees help?")}${own}`,
  };
}

function timed(work: () => void): number[] {
  work();
  return Array.from({ length: RUNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
}
