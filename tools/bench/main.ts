import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Fault, suggest } from "../../src/base";
import { findChromium } from "../chromium";
import { prepare } from "../prepare";
import { features } from "./features";
import { learners } from "./learners";
import { links } from "./links";
import { memory } from "./memory";
import { notebook } from "./notebook";
import { onnx } from "./onnx";
import { parquet } from "./parquet";
import { quiet } from "./quiet";
import { sql } from "./sql";
import { stop } from "./stop";
import { type Effort, type FoundChromium, middle } from "./tab";
import { taskPage } from "./task-page";
import { walk } from "./walk";

/** A benchmark: rows of a table, each a quantity with the median and the spread of its runs. */
export interface Measured {
  what: string;
  unit: string;
  values: number[];
  /** What the median should be at most, in `unit`. */
  goal?: number;
}

/** `npm run bench` runs all, briefly; `npm run bench -- walk` runs one, more often and on more cases. Another benchmark is one new file and one line here. */
const benches: Record<string, (browser: FoundChromium, effort: Effort) => Promise<Measured[]>> = {
  walk,
  task: taskPage,
  notebook,
  stop,
  sql,
  parquet,
  features,
  quiet,
  learners,
  links,
  onnx,
  memory,
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  for (const name of wanted) {
    if (!(name in benches))
      throw new Fault("bench-unknown", `There is no benchmark "${name}"`, {
        hint: suggest(name, Object.keys(benches)),
      });
  }
  await prepare("samples");
  await prepare("encoders");
  await prepare("build");
  const browser = await findChromium();
  const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), Node ${process.versions.node}, ${browser.version}, ${new Date().toISOString().slice(0, 10)}`;
  const folder = join(import.meta.dirname, "../../docs");
  const kept = join(folder, "benchmarks.json");
  const sections: Record<string, Section> = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
  const failed: string[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`${name} …`);
    const started = Date.now();
    try {
      const rows = await bench(browser, { brief: wanted.length === 0 });
      sections[name] = { machine, tookMs: Date.now() - started, rows };
    } catch (error) {
      failed.push(name);
      console.error(`${name} was not measured:`, error);
      continue;
    }
    console.log(section([name, sections[name]]));
  }
  const text = `# Benchmarks\n\nMade by \`npm run bench\`. Medians, with the least and the most of the runs. A ratio is the tab's time over the yardstick's, taken in turn in the same run.\n\n${Object.entries(sections).map(section).join("\n\n")}\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "benchmarks.md"), text);
  writeFileSync(kept, `${JSON.stringify(sections, null, 2)}\n`);
  if (failed.length > 0)
    throw new Fault("bench-failed", `Not measured: ${failed.join(", ")}`, { hint: "What was found before is kept." });
}

/** What one benchmark found, and where: benchmarks that are not run keep what they found before. */
interface Section {
  machine: string;
  /** Unknown of what was measured before it was noted. */
  tookMs?: number;
  rows: Measured[];
}

function section([name, { machine, tookMs, rows }]: [string, Section]): string {
  const line = ({ what, unit, values, goal }: Measured): string => {
    const sorted = [...values].sort((a, b) => a - b);
    const median = middle(sorted);
    const judged = goal === undefined ? "" : `at most ${number(goal)}: ${median <= goal ? "met" : "**missed**"}`;
    const spread = sorted[0] === sorted.at(-1) ? "" : `${number(sorted[0])} to ${number(sorted[sorted.length - 1])}`;
    return `| ${what} | ${number(median)} ${unit} | ${spread} | ${values.length} | ${judged} |`;
  };
  const head = "| what | median | spread | runs | goal |\n|---|---|---|---|---|";
  return `## ${name}\n\nOn ${machine}${tookMs === undefined ? "" : `; ${Math.round(tookMs / 1000)} s`}.\n\n${head}\n${rows.map(line).join("\n")}`;
}

function number(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-GB") : String(Number(value.toPrecision(4)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Fault ? `${error.message}\n${error.hint ?? ""}` : error);
  process.exitCode = 1;
});
