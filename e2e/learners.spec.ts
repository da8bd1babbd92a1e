import { join } from "node:path";
import type { Page } from "@playwright/test";
import { runFitPredict } from "../src/learners";
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
