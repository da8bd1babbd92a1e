import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { build } from "vite";
import { Fault } from "../../src/base";
import type { Tensors } from "../../src/inference";
import { type ModelEntry, readModelManifest, readSidecar } from "../../src/learners";
import { type Rows, readTaskRows } from "../baselines/data";
import { inputsFor } from "../baselines/onnx";
import { chromiumFlags } from "../chromium";
import { cache, root, runCommand, tailOf } from "../command";
import type {} from "../harness/main";
import { serveFolder } from "../serve";
import type { Measured } from "./main";
import { createRows, type FoundChromium, KEEP_NAMES } from "./tab";

const RUNS = 5;
const ROWS = 1024;
const YARDSTICK = "onnxruntime-node";
const VERSION = "1.30.0";

/** A model with what it is given. */
interface Work {
  id: string;
  what: "rows" | "images";
  file: string;
  rows: number;
  feeds: Tensors;
}

/** What is used of the yardstick, which is no dependency: it is 288 MB for a benchmark that is seldom run. */
interface Yardstick {
  InferenceSession: {
    create(
      bytes: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: object): Promise<object>; release(): Promise<void> }>;
  };
  Tensor: new (type: string, data: unknown, dims: readonly number[]) => object;
}

/** Each baseline in the tab's runtime (WASM, one thread) and in ONNX Runtime's native one with one thread, in turn. */
export async function onnx(found: FoundChromium): Promise<Measured[]> {
  const native = await yardstick();
  const folder = join(root, ".cache/harness/bench");
  const configFile = join(root, "tools/harness/vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir: folder, emptyOutDir: true } });
  // Without isolation there are no threads.
  const served = await serveFolder({ folder, isolated: false });
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...chromiumFlags],
    env: { ...process.env, ...found.env } as Record<string, string>,
  });
  try {
    const page = await browser.newPage();
    await page.addInitScript(KEEP_NAMES);
    await page.goto(served.url);
    await page.waitForFunction(() => "harness" in window);
    const rows = createRows();
    const ratios: number[][] = Array.from({ length: RUNS }, () => []);
    for await (const work of works()) {
      const own = await natively(native, work);
      const tab = await inTab(page, work);
      for (const ms of tab.runs) rows.add(`${work.id}: in the tab`, `${work.what}/s`, (1000 * work.rows) / ms);
      tab.runs.forEach((ms, run) => {
        rows.add(`${work.id}: time in the tab / native`, "x", ms / own[run], 2);
        ratios[run].push(ms / own[run]);
      });
      rows.add(`${work.id}: opening it`, "ms", tab.loadMs);
    }
    const mean = (values: number[]) => Math.exp(values.reduce((sum, x) => sum + Math.log(x), 0) / values.length);
    return [
      {
        what: `geometric mean of the ${ratios[0].length} ratios of time`,
        unit: "x",
        values: ratios.map(mean),
        goal: 2,
      },
      ...rows.all(),
    ];
  } finally {
    await browser.close();
    await served.close();
  }
}

/** Fetched when it is first asked for, beside the dependencies, and without its script, which would fetch CUDA. */
async function yardstick(): Promise<Yardstick> {
  const folder = join(cache, "yardstick");
  const entry = join(folder, "node_modules", YARDSTICK, "dist/index.js");
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    const log = join(folder, "npm.log");
    const flags = ["--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
    if ((await runCommand(["npm", "install", ...flags, `${YARDSTICK}@${VERSION}`], { log })) !== 0)
      throw new Fault("bench-yardstick", `${YARDSTICK} cannot be installed: ${tailOf(log, 5)}`, {
        hint: "It comes from the npm registry, once: try again with a network.",
      });
  }
  return createRequire(import.meta.url)(entry);
}

async function* works(): AsyncGenerator<Work> {
  const folder = join(root, "public/models");
  const manifest = readModelManifest(JSON.parse(readFileSync(join(folder, "models.json"), "utf8")), "models.json");
  const tasks = new Map<string, Rows>();
  for (const entry of manifest.models) {
    const rows = tasks.get(entry.task) ?? (await firstRows(entry.task));
    tasks.set(entry.task, rows);
    yield {
      id: entry.id,
      what: "rows",
      file: join(folder, entry.file),
      rows: rows.ids.length,
      feeds: await feedsOf(entry, rows),
    };
  }
  for (const { id, file, preprocessing } of manifest.encoders) {
    const { size, input } = preprocessing;
    const data = Uint8Array.from({ length: ROWS * size * size * 4 }, (_, i) => (i * 31) & 255);
    const feeds: Tensors = { [input]: { type: "uint8", dims: [ROWS, size, size, 4], data } };
    yield { id, what: "images", file: join(folder, file), rows: ROWS, feeds };
  }
}

async function firstRows(task: string): Promise<Rows> {
  const { train } = await readTaskRows(join(root, "public/samples"), task);
  return {
    ids: train.ids.slice(0, ROWS),
    labels: train.labels.slice(0, ROWS),
    columns: train.columns.map((input) => ({
      ...input,
      column: { ...input.column, values: input.column.values.slice(0, ROWS) },
    })),
  } as Rows;
}

async function feedsOf({ sidecar }: ModelEntry, rows: Rows): Promise<Tensors> {
  const text = readFileSync(join(root, "public/models", sidecar), "utf8");
  return inputsFor(readSidecar(JSON.parse(text), sidecar), rows);
}

/** Milliseconds of runs of all rows at once, which is the native one's best. */
async function natively({ InferenceSession, Tensor }: Yardstick, { file, rows, feeds }: Work): Promise<number[]> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential" };
  const session = await InferenceSession.create(readFileSync(file), options);
  const given = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)]);
  const once = async (): Promise<number> => {
    const started = performance.now();
    await session.run(Object.fromEntries(given));
    return performance.now() - started;
  };
  await once();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await once());
  await session.release();
  return rows > 0 ? times : [];
}

/** The same in a page: with what crossing to the worker and back costs. */
async function inTab(page: Page, { id, file, feeds }: Work): Promise<{ runs: number[]; loadMs: number }> {
  const plain = Object.entries(feeds).map(([name, { type, dims, data }]) => ({
    name,
    type,
    dims,
    base64: Array.isArray(data) ? "" : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64"),
  }));
  return page.evaluate(
    async ({ id, model, plain, runs }) => {
      const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const arrays = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array };
      const feeds = Object.fromEntries(
        plain.map(({ name, type, dims, base64 }) => {
          const kind = type as keyof typeof arrays;
          return [name, { type: kind, dims, data: new arrays[kind](bytes(base64).buffer) }];
        }),
      );
      const inference = window.harness.createInference();
      const { loadMs } = await inference.load({ id, bytes: bytes(model) });
      const times: number[] = [];
      for (let run = -1; run < runs; run++) {
        const started = performance.now();
        await inference.run(id, feeds, { provider: "wasm" });
        if (run >= 0) times.push(performance.now() - started);
      }
      inference.dispose();
      return { runs: times, loadMs };
    },
    { id, model: readFileSync(file).toString("base64"), plain, runs: RUNS },
  );
}
