import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Page } from "@playwright/test";
import * as ort from "onnxruntime-web";
import { encodeForModel, prepareColumns, readSidecar, runFitPredict, runToEnd } from "../src/learners";
import { readTaskRows } from "../tools/baselines/data";
import { expect, polytab, test } from "./fixtures";

const notebook = (task: string, ...cells: string[]) =>
  `---\npolytab: 1\ntitle: Learners\ntask: ${task}\n---\n\n${cells.join("\n\n")}\n`;
const model = (name: string, ...lines: string[]) => `\`\`\`model ${name}\n${lines.join("\n")}\n\`\`\``;
const score = (...names: string[]) => `\`\`\`score result\npredictions: [${names.join(", ")}]\n\`\`\``;

/** Probabilities of validation, a row a row, as the tab has them. */
async function inTab(page: Page, cell: string, classes: string[]): Promise<number[]> {
  const rows = await polytab(page).predictions(cell, "validation");
  return rows.flatMap(({ probabilities }) => classes.map((name) => probabilities[name]));
}

/** The same fit in Node. */
async function inNode(task: string, learner: string, settings: Record<string, unknown>) {
  const data = await readTaskRows(join(import.meta.dirname, "../public/samples"), task);
  const pairs = data.task.track === "matching";
  const { probabilities } = await runFitPredict(
    {
      ...{ learner, settings, seed: 3, classes: data.classes, labels: data.train.labels, pairs },
      ...{ metric: data.task.metric, outOfFold: pairs, models: [] },
      train: data.train.columns,
      predict: { validation: data.validation.columns },
    },
    { now: () => 0, pause: async () => {} },
    {},
  );
  return { classes: data.classes, probabilities: Array.from(probabilities.validation) };
}

for (const [learner, task, settings] of [
  ["linear", "emoji-aisle", {}],
  ["gbdt", "emoji-aisle", { rounds: 30 }],
  ["auto", "emoji-aisle", { effort: "quick" }],
  ["gbdt", "web-features", { rounds: 30 }],
] as const) {
  test(`${learner} on ${task} says in the tab what it says in Node, to the last bit`, async ({ page }) => {
    await page.goto("");
    const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}`);
    await polytab(page).openNotebook(
      notebook(task, model("one", `learner: ${learner}`, "inputs: [columns]", "seed: 3", ...lines), score("one")),
    );
    const reports = await polytab(page).run();
    expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(["ready", "ready"]);
    const node = await inNode(task, learner, settings);
    expect(await inTab(page, "one", node.classes)).toEqual(node.probabilities);
  });
}

test("networks and neighbours say in the tab what they say in Node, to the last bit", async ({ page }) => {
  const learners = { mlp: { epochs: 2 }, knn: { neighbours: 7 }, cnn: { epochs: 1 } };
  await page.goto("");
  const cells = Object.entries(learners).map(([learner, settings]) =>
    model(
      learner,
      `learner: ${learner}`,
      "seed: 3",
      ...Object.entries(settings).map(([name, value]) => `${name}: ${value}`),
    ),
  );
  await polytab(page).openNotebook(notebook("emoji-aisle", ...cells));
  const reports = await polytab(page).run();
  expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(["ready", "ready", "ready"]);
  for (const [learner, settings] of Object.entries(learners)) {
    const node = await inNode("emoji-aisle", learner, settings);
    expect(await inTab(page, learner, node.classes), learner).toEqual(node.probabilities);
  }
});

test("a model is downloaded as an ONNX file and its sidecar, which give the tab's probabilities", async ({ page }) => {
  await page.goto("");
  await polytab(page).openNotebook(
    notebook("emoji-aisle", model("trees", "learner: gbdt", "inputs: [columns]", "seed: 3", "rounds: 10")),
  );
  expect((await polytab(page).run())[0].status).toBe("ready");
  await page.getByRole("button", { name: "Download the model (.onnx)" }).click();
  const saved = async (file: string): Promise<Buffer> => {
    const [download]: [Download, void] = await Promise.all([
      page.waitForEvent("download", { timeout: 60_000 }),
      page.getByRole("button", { name: `Save ${file}` }).click({ timeout: 60_000 }),
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
