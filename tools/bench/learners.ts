import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { encode, fitEncoder, prepareColumns, runToEnd } from "../../src/learners";
import { chromiumFlags } from "../chromium";
import { cache, root } from "../command";
import { serveFolder } from "../serve";
import { type Case, inNode, lines, ROUNDS, type Rows, slice, trees } from "./learner-cases";
import type { Measured } from "./main";
import { type Effort, type FoundChromium, middle, runsOf } from "./tab";

const folder = join(cache, "bench");
const RUNS = 3;
/** The exponent of n log n from 10,000 to 100,000. */
const LOG_LINEAR = 1 + Math.log10(5 / 4);

const CASES: readonly Case[] = [
  trees(1000, 20, 10),
  trees(10_000, 20, 10),
  trees(20_000, 100, 10),
  trees(100_000, 20, 10),
  trees(10_000, 20, 100),
  lines(1000, 10),
  lines(10_000, 10),
  lines(100_000, 10),
  lines(10_000, 100),
];

/**
 * Learners in the tab against the same code in Node and, where a Python with scikit-learn is to be had, against that, all
 * on one thread. Times of Node and scikit-learn are CPU seconds; the tab tells its own fit's.
 */
export async function learners(found: FoundChromium, effort: Effort): Promise<Measured[]> {
  const cases = CASES.filter(({ rows, classes }) => !effort.brief || (rows <= 10_000 && classes <= 10));
  mkdirSync(folder, { recursive: true });
  const served = await serveFolder({ folder: join(root, "dist") });
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...chromiumFlags],
    env: { ...process.env, ...found.env } as Record<string, string>,
  });
  const python = pythonWithSklearn();
  const measured: Measured[] = [];
  const fits = new Map<string, number>();
  try {
    for (const one of cases) {
      const values = { node: [] as number[], tab: [] as number[], sklearn: [] as number[], accuracy: [] as number[] };
      const runs = one.rows >= 50_000 || one.classes > 10 ? 1 : runsOf(RUNS, effort);
      for (let run = 0; run < runs; run++) {
        const rows = one.make(one.rows * 1.2);
        const node = await inNode(one, rows);
        values.node.push(node.fit);
        values.accuracy.push(node.accuracy);
        values.tab.push(await inTab(browser, served.url, one, rows));
        if (!python) continue;
        const theirs = await inSklearn(python, one, rows);
        values.sklearn.push(theirs.fit);
        if (run > 0) continue;
        measured.push({ what: `${one.name}: accuracy, scikit-learn's`, unit: "", values: [theirs.accuracy] });
        measured.push({ what: `${one.name}: accuracy`, unit: "", values: [node.accuracy] });
      }
      fits.set(one.name, middle(values.node));
      const ratio = (over: number[]) => values.tab.map((tab, i) => tab / over[i]);
      measured.push({ what: `${one.name}: fit in the tab`, unit: "s", values: values.tab });
      measured.push({ what: `${one.name}: tab / Node`, unit: "x", values: ratio(values.node) });
      if (python) {
        const ours = values.node.map((fit, i) => fit / values.sklearn[i]);
        measured.push({ what: `${one.name}: Node / scikit-learn, one thread`, unit: "x", values: ours });
      }
    }
  } finally {
    await browser.close();
    await served.close();
  }
  if (effort.brief) return measured; // how it grows takes 100k rows to see
  const exponent = (small: Case, large: Case) =>
    Math.log((fits.get(large.name) ?? 0) / (fits.get(small.name) ?? 1)) / Math.log(large.rows / small.rows);
  measured.push({
    what: "gbdt: growth with the rows, 10k to 100k (1 is linear)",
    unit: "",
    goal: LOG_LINEAR,
    values: [exponent(CASES[1], CASES[3])],
  });
  measured.push({
    what: "linear: growth with the rows, 10k to 100k (1 is linear)",
    unit: "",
    goal: LOG_LINEAR,
    values: [exponent(CASES[6], CASES[7])],
  });
  return measured;
}

/** Brings the rows as CSV files and fits in a notebook; the seconds are those that the model cell tells. */
async function inTab(browser: Browser, url: string, one: Case, { columns, labels, classes }: Rows): Promise<number> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => "polytab" in window);
  const csv = (from: number, to: number) => {
    const lines = [[...columns.map(({ name }) => name), "label"].join(",")];
    for (let row = from; row < to; row++) {
      const cells = columns.map(({ column }) => {
        const value = column.values[row];
        return typeof value === "number" && Number.isNaN(value) ? "" : String(value);
      });
      lines.push([...cells, classes[labels[row]]].join(","));
    }
    return lines.join("\n");
  };
  const settings = Object.entries(one.settings).map(([name, value]) => `${name}: ${value}`);
  const cell = ["```model m", `learner: ${one.learner}`, "seed: 1", ...settings, "```"].join("\n");
  const seconds = await page.evaluate(
    async ({ train, validation, modality, names, cell }) => {
      const id = await window.polytab.importTask(
        { train: new File([train], "train.csv"), validation: new File([validation], "validation.csv") },
        {
          title: "bench",
          track: "classification",
          label: "label",
          modalities: Object.fromEntries(names.map((name) => [name, modality])),
        },
      );
      await window.polytab.openNotebook(`---\npolytab: 1\ntitle: Bench\ntask: ${id}\n---\n\n${cell}\n`);
      const [report] = await window.polytab.run();
      if (report.status !== "ready") throw new Error(report.fault?.message ?? report.status);
      const text = document.querySelector(".cell-line")?.textContent ?? "";
      const [, number, unit] = /fitted in ([\d.,]+) (ms|s|min)/.exec(text) ?? [];
      return Number(number.replaceAll(",", "")) * { ms: 1e-3, s: 1, min: 60 }[unit as "ms" | "s" | "min"];
    },
    {
      train: csv(0, one.rows),
      validation: csv(one.rows, labels.length),
      modality: columns[0].as === "text" ? ("text" as const) : ("numeric" as const),
      names: columns.map(({ name }) => name),
      cell,
    },
  );
  await page.close();
  return seconds;
}

function pythonWithSklearn(): string | undefined {
  return ["python3", "/usr/bin/python3"].find((python) => {
    try {
      execFileSync(python, ["-c", "import sklearn"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

/** Trees get the same numbers, the linear model the same encoded matrix: what is compared is the fitting alone. */
async function inSklearn(python: string, one: Case, rows: Rows): Promise<{ fit: number; accuracy: number }> {
  const file = (name: string, values: Int32Array | Uint32Array | Float32Array): string => {
    const path = join(folder, `${name}.bin`);
    writeFileSync(path, values);
    return path;
  };
  const total = rows.labels.length;
  const spec: Record<string, unknown> = { train: one.rows, labels: file("labels", rows.labels), rounds: ROUNDS };
  if (one.learner === "gbdt") {
    const width = rows.columns.length;
    const values = new Float32Array(total * width);
    rows.columns.forEach(({ column }, i) => {
      for (let row = 0; row < total; row++) values[row * width + i] = Number(column.values[row]);
    });
    Object.assign(spec, { kind: "trees", values: file("values", values) });
  } else {
    const options = {
      numericBins: 16,
      clip: 5,
      mostCategories: 500,
      textBits: 18,
      leastTexts: one.rows < 5000 ? 1 : 2,
    };
    const prepared = await prepareColumns(rows.columns, async () => {});
    const train = await prepareColumns(
      rows.columns.map((input) => slice(input, 0, one.rows)),
      async () => {},
    );
    const { ids, weights, offsets, sparseWidth } = runToEnd(encode(runToEnd(fitEncoder(train, options)), prepared));
    Object.assign(spec, {
      kind: "linear",
      width: sparseWidth,
      ids: file("ids", ids),
      weights: file("weights", weights),
      offsets: file("offsets", offsets),
    });
  }
  const path = join(folder, "spec.json");
  writeFileSync(path, JSON.stringify(spec));
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  return JSON.parse(
    execFileSync(python, [join(import.meta.dirname, "yardstick.py"), path], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
}
