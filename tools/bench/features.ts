import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { similarity } from "../../src/sandbox/toolbox/similarity";
import { rgba } from "../../src/table";
import { type Rows, readTaskRows } from "../baselines/data";
import { root } from "../command";
import type { Measured } from "./main";
import {
  createRows,
  type Effort,
  type FoundChromium,
  fence,
  inBrowser,
  notebookOf,
  openApp,
  runOpened,
  runsOf,
} from "./tab";

const RUNS = 5;

type Values = Record<string, unknown>;
type Feature = (row: Values) => Values | Promise<Values>;

/** A feature as a cell's text and as the same function for Node. */
interface Case {
  what: string;
  task: string;
  source: string;
  inNode: Feature;
}

const CASES: readonly Case[] = [
  {
    what: "cheap: three numbers of a row",
    task: "word-sense",
    source:
      "(row) => ({ links: row.n_hyponyms / (1 + row.n_pointers), many: row.n_words > 2, length: row.definition?.length ?? null })",
    inNode: (row) => ({
      links: num(row.n_hyponyms) / (1 + num(row.n_pointers)),
      many: num(row.n_words) > 2,
      length: str(row.definition)?.length ?? null,
    }),
  },
  {
    what: "texts: words and letters counted",
    task: "word-sense",
    source: `(row) => {
    const words = (row.definition ?? "").toLowerCase().match(/\\p{L}+/gu) ?? [];
    return { words: words.length, distinct: new Set(words).size, longest: Math.max(0, ...words.map((word) => word.length)), first: words[0] ?? null };
  }`,
    inNode: (row) => {
      const words: string[] = (str(row.definition) ?? "").toLowerCase().match(/\p{L}+/gu) ?? [];
      return {
        words: words.length,
        distinct: new Set(words).size,
        longest: Math.max(0, ...words.map((word) => word.length)),
        first: words[0] ?? null,
      };
    },
  },
  {
    what: "pairs: three similarities",
    task: "emoji-languages",
    source: `(row) => ({
    jaccard: similarity.jaccard(row.left.title, row.right.title),
    winkler: similarity.jaroWinkler(row.left.title, row.right.title),
    edits: similarity.levenshtein(row.left.title, row.right.title),
  })`,
    inNode: (row) => ({
      jaccard: similarity.jaccard(str(row.left_title), str(row.right_title)),
      winkler: similarity.jaroWinkler(str(row.left_title), str(row.right_title)),
      edits: similarity.levenshtein(str(row.left_title), str(row.right_title)),
    }),
  },
  {
    what: "pictures: mean colour at 16 x 16",
    task: "icon-topic",
    source: `async (row) => {
    const pixels = await row.image?.rgba(16);
    let sum = 0;
    for (let i = 3; pixels && i < pixels.length; i += 4) sum += pixels[i];
    return { cover: sum / 65280 };
  }`,
    inNode: async (row) => {
      const pixels = row.image instanceof Uint8Array ? await rgba(row.image, 16) : undefined;
      let sum = 0;
      for (let i = 3; pixels && i < pixels.length; i += 4) sum += pixels[i];
      return { cover: sum / 65280 };
    },
  },
];

const num = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);
const str = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** As long as a reader takes at least before pressing the button of a notebook that has just opened. */
const SETTLED_MS = 1_500;

/**
 * Feature cells from the press of the button to columns that a learner can read, and the same functions in plain Node,
 * in turn: a fresh process each time, as a cell gets a fresh worker, from columns in memory to columns, as in the tab.
 * The cell computes the test split as well: both are told as rows a second.
 */
export async function features(found: FoundChromium, effort: Effort): Promise<Measured[]> {
  const runs = runsOf(RUNS, effort);
  return inBrowser(found, async (browser, url) => {
    const rows = createRows();
    for (const [index, one] of CASES.entries()) {
      const page = await openApp(browser, url);
      const total = await page.evaluate(async (task) => {
        const { rows } = (await window.polytab.tasks()).find(({ id }) => id === task)!;
        return rows.train + rows.validation + rows.test;
      }, one.task);
      for (let run = 0; run <= runs; run++) {
        const text = `import { defineFeatures, similarity } from "polytab";\n// ${run}\nexport default defineFeatures(${one.source});`;
        await page.evaluate(
          (markdown) => window.polytab.openNotebook(markdown),
          notebookOf(one.task, fence("ts features", text)),
        );
        await page.waitForTimeout(SETTLED_MS);
        const took = await runOpened(page);
        if (run === 0) continue; // the first one reads the task's rows
        const inTab = (total / took.features) * 1000;
        const inNode = await inFreshNode(index);
        rows.add(`${one.what}, in the tab (${one.task})`, "rows/s", inTab);
        rows.add(`${one.what}: time in the tab / in Node`, "x", inNode / inTab, 1.2);
      }
      await page.context().close();
    }
    return rows.all();
  });
}

/** Rows a second of a case in a Node process of its own. */
async function inFreshNode(index: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    join(root, "tools/bench/features-node.ts"),
    String(index),
  ]);
  return Number(stdout);
}

/** Rows a second of a case in this process, from columns in memory to columns. */
export async function plainRowsASecond(index: number): Promise<number> {
  const { task, inNode } = CASES[index];
  const { train, validation } = await readTaskRows(join(root, "public/samples"), task);
  const start = performance.now();
  await columnsOf([train, validation], inNode);
  return ((train.ids.length + validation.ids.length) / (performance.now() - start)) * 1000;
}

/** What a plain program would do: make the row, call the function, gather the values by name. */
async function columnsOf(splits: readonly Rows[], feature: Feature): Promise<Map<string, unknown[]>> {
  const made = new Map<string, unknown[]>();
  for (const { ids, columns } of splits) {
    for (const [row, id] of ids.entries()) {
      const values: Values = { id };
      for (const { name, column } of columns) values[name] = column.values[row];
      const given = feature(values);
      for (const [name, value] of Object.entries(given instanceof Promise ? await given : given)) {
        const column = made.get(name);
        if (column) column.push(value);
        else made.set(name, [value]);
      }
    }
  }
  return made;
}
