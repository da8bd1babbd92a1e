import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import * as ort from "onnxruntime-web";
import {
  encodeForModel,
  type InputColumn,
  prepareColumns,
  readSidecar,
  runFitPredict,
  runToEnd,
} from "../src/learners";
import { readTaskRows } from "../tools/baselines/data";
import { expect, polytab, test } from "./fixtures";

const notebook = (task: string, ...cells: string[]) =>
  `---\npolytab: 1\ntitle: Learners\ntask: ${task}\n---\n\n${cells.join("\n\n")}\n`;
const model = (name: string, ...lines: string[]) => `\`\`\`model ${name}\n${lines.join("\n")}\n\`\`\``;
const inputsOf = (columns: readonly string[] = []) =>
  columns.length > 0 ? `inputs: ["columns(${columns.join(", ")})"]` : "inputs: [columns]";
const score = (...names: string[]) => `\`\`\`score result\npredictions: [${names.join(", ")}]\n\`\`\``;

/** Probabilities of validation, a row a row, as the tab has them. */
async function inTab(page: Page, cell: string, classes: string[]): Promise<number[]> {
  const rows = await polytab(page).predictions(cell, "validation");
  return rows.flatMap(({ probabilities }) => classes.map((name) => probabilities[name]));
}

/** The same fit in Node. */
async function inNode(task: string, learner: string, settings: Record<string, unknown>, columns?: readonly string[]) {
  const data = await readTaskRows(join(import.meta.dirname, "../public/samples"), task);
  const read = (rows: InputColumn[]) => rows.filter(({ name }) => columns?.includes(name) ?? true);
  const pairs = data.task.track === "matching";
  const { probabilities } = await runFitPredict(
    {
      ...{ learner, settings, seed: 3, classes: data.classes, labels: data.train.labels, pairs },
      ...{ metric: data.task.metric, outOfFold: pairs, models: [] },
      train: read(data.train.columns),
      predict: { validation: read(data.validation.columns) },
    },
    { now: () => 0, pause: async () => {} },
    {},
  );
  return { classes: data.classes, probabilities: Array.from(probabilities.validation) };
}

for (const [learner, task, settings, columns] of [
  ["linear", "emoji-aisle", {}, undefined],
  ["gbdt", "emoji-aisle", { rounds: 30 }, undefined],
  // Told its columns, auto is not joined by the model that ships with the task.
  ["auto", "emoji-aisle", { effort: "quick" }, ["name", "vendor", "codepoints", "colours", "paths", "image"]],
  ["gbdt", "web-features", { rounds: 30 }, undefined],
] as const) {
  test(`${learner} on ${task} says in the tab what it says in Node, to the last bit`, async ({ page }) => {
    await page.goto("");
    const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}`);
    await polytab(page).openNotebook(
      notebook(task, model("one", `learner: ${learner}`, inputsOf(columns), "seed: 3", ...lines), score("one")),
    );
    const reports = await polytab(page).run();
    expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(["ready", "ready"]);
    const node = await inNode(task, learner, settings, columns);
    expect(await inTab(page, "one", node.classes)).toEqual(node.probabilities);
  });
}

test("networks and neighbours say in the tab what they say in Node, to the last bit", async ({ page }) => {
  const learners = {
    mlp: { settings: { epochs: 2 }, columns: ["name", "colours"] },
    knn: { settings: { neighbours: 7 }, columns: ["name", "colours"] },
    cnn: { settings: { epochs: 1 }, columns: ["image"] },
  };
  await page.goto("");
  const cells = Object.entries(learners).map(([learner, { settings, columns }]) => {
    const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}`);
    return model(learner, `learner: ${learner}`, inputsOf(columns), "seed: 3", ...lines);
  });
  await polytab(page).openNotebook(notebook("emoji-aisle", ...cells));
  const reports = await polytab(page).run();
  expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(["ready", "ready", "ready"]);
  for (const [learner, { settings, columns }] of Object.entries(learners)) {
    const node = await inNode("emoji-aisle", learner, settings, columns);
    expect(await inTab(page, learner, node.classes), learner).toEqual(node.probabilities);
  }
});

test("a model is downloaded as an ONNX file and its sidecar, which give the tab's probabilities", async ({ page }) => {
  await page.goto("");
  await polytab(page).openNotebook(
    notebook(
      "emoji-aisle",
      model("trees", "learner: gbdt", inputsOf(["name", "vendor", "colours"]), "seed: 3", "rounds: 10"),
    ),
  );
  expect((await polytab(page).run())[0].status).toBe("ready");
  await page.getByRole("button", { name: "Download the model (.onnx)" }).click();
  const saved = async (file: string): Promise<Buffer> => {
    const [download] = await Promise.all([
      page.waitForEvent("download", { timeout: 0 }),
      page.getByRole("button", { name: `Save ${file}` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(file);
    return readFileSync(await download.path());
  };
  const onnx = await saved("trees.onnx");
  const sidecar = readSidecar(JSON.parse((await saved("trees.json")).toString()), "trees.json");
  await page.keyboard.press("Escape");
  const { classes, validation } = await readTaskRows(join(import.meta.dirname, "../public/samples"), "emoji-aisle");
  const inputs = runToEnd(encodeForModel(sidecar, await prepareColumns(validation.columns, async () => {})));
  const feeds = Object.entries(inputs).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]);
  const session = await ort.InferenceSession.create(onnx);
  const output = (await session.run(Object.fromEntries(feeds)))[sidecar.output].data as Float32Array;
  const tab = await inTab(page, "trees", classes);
  expect(output).toHaveLength(tab.length);
  expect(Math.max(...tab.map((value, i) => Math.abs(value - output[i])))).toBeLessThan(1e-5);
});

test("auto is joined by the model that ships with the task, out of fold; a blend may read it too", async ({ page }) => {
  await page.goto("");
  await polytab(page).openNotebook(
    notebook(
      "web-features",
      model("shipped", "model: web-features-fusion", "provider: wasm"),
      model("own", "learner: linear", "inputs: [columns]", "seed: 3"),
      model("both", "learner: blend", "inputs: [shipped, own]"),
      model("all", "learner: auto", "effort: quick", "seed: 3"),
      score("shipped", "both", "all"),
    ),
  );
  const reports = await polytab(page).run();
  expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(new Array(5).fill("ready"));
  for (const name of ["both", "all"]) {
    const row = page
      .getByRole("region", { name: new RegExp(` cell ${name}$`) })
      .getByRole("row", { name: /web-features-fusion/ });
    // As good out of fold as on validation, within chance: it has not seen the training rows that it is judged by.
    const shown = Number(await row.getByRole("cell").first().textContent());
    expect(shown).toBeGreaterThan(0.8);
    expect(shown).toBeLessThan(0.96);
  }
});

test("a blend reads other models out of fold, and shows them as a leaderboard", async ({ page }) => {
  await page.goto("");
  await polytab(page).openNotebook(
    notebook(
      "emoji-aisle",
      model("lines", "learner: linear", "inputs: [columns(name)]"),
      model(
        "trees",
        "learner: gbdt",
        "inputs: [columns(image, presentation, codepoints, colours, paths)]",
        "rounds: 40",
      ),
      model("both", "learner: blend", "inputs: [lines, trees]"),
      model(
        "over",
        "learner: gbdt",
        "inputs: [lines, columns(image, presentation, codepoints, colours, paths)]",
        "rounds: 40",
      ),
      score("both", "over", "lines", "trees"),
    ),
  );
  const reports = await polytab(page).run();
  expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(new Array(5).fill("ready"));
  const rows = await polytab(page).table("result", { limit: 10_000 });
  const accuracy = (name: string) =>
    Number(rows.find((row) => row.predictions === name && row.metric === "accuracy")?.value);
  expect(accuracy("both")).toBeGreaterThan(Math.max(accuracy("lines"), accuracy("trees")));
  expect(accuracy("over")).toBeGreaterThan(accuracy("lines"));
  const cell = page.getByRole("region", { name: / cell both$/ });
  await expect(cell.getByRole("row", { name: /linear/ })).toBeVisible();
  await expect(cell.getByRole("row", { name: /gbdt/ })).toBeVisible();
});

test("a long fit stops within a second, and the next one runs", async ({ page, plainHost }) => {
  await page.goto(plainHost.url);
  await polytab(page).openNotebook(
    notebook("icon-topic", model("long", "learner: auto", "inputs: [columns]", "effort: thorough")),
  );
  const running = polytab(page).run();
  await expect(page.getByRole("region", { name: / cell long$/ }).getByText(/fold/)).toBeVisible({ timeout: 60_000 });
  const stopped = await page.evaluate(async () => {
    const api: { stop(): Promise<void> } = Reflect.get(window, "polytab");
    const started = performance.now();
    await api.stop();
    return performance.now() - started;
  });
  await running;
  expect(stopped).toBeLessThan(2000);
  expect((await polytab(page).cells())[0].status).not.toBe("running");
  await polytab(page).openNotebook(notebook("icon-topic", model("short", "learner: majority")));
  expect((await polytab(page).run())[0].status).toBe("ready");
});
