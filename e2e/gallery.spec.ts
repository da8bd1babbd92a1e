import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, polytab, test } from "./fixtures";

const catalogue: {
  tasks: {
    id: string;
    title: string;
    track: string;
    classes: number;
    positives?: number;
    modalities: string[];
    metric: string;
  }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, "../dist/samples/index.json"), "utf8"));
const models: { models: { task: string; scores: { validation: { value: number } } }[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../dist/models/models.json"), "utf8"),
);

const main = (page: Page) => page.getByRole("main");
const cards = (page: Page) => main(page).locator(".task-card");
const card = (page: Page, id: string) => main(page).locator(`.task-card[href$="/${id}"]`);

test("the gallery shows, finds and filters tasks, and loads no rows for it", async ({ page, watch }) => {
  await page.goto("");
  await expect(cards(page)).toHaveCount(catalogue.tasks.length);

  await test.step("a card says what a task is, and the best shipped baseline", async () => {
    for (const task of catalogue.tasks) {
      await expect(card(page, task.id)).toContainText(task.title);
      await expect(card(page, task.id)).toContainText(
        task.track === "matching"
          ? new RegExp(`${Math.round(100 * (task.positives ?? 0))} % match`)
          : `${task.classes} classes`,
      );
      const scores = models.models
        .filter((model) => model.task === task.id)
        .map((model) => model.scores.validation.value);
      if (scores.length > 0)
        await expect(card(page, task.id)).toContainText(`baseline ${Math.max(...scores).toFixed(3)}`);
      else await expect(card(page, task.id)).not.toContainText("baseline");
      await expect(card(page, task.id)).not.toContainText("yours");
    }
  });

  await test.step("words find it by title, description and columns", async () => {
    const box = page.getByRole("searchbox", { name: "Search the tasks" });
    await box.fill("wordnet meaning");
    await expect(cards(page)).toHaveCount(1);
    await expect(card(page, "word-sense")).toBeVisible();
    await box.fill("SVG_bytes emoji");
    await expect(card(page, "emoji-aisle")).toBeVisible();
    await expect(card(page, "icon-topic")).toHaveCount(0);
    await expect(page.getByText(/^\d of 8 tasks$/)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(cards(page)).toHaveCount(catalogue.tasks.length);
  });

  await test.step("so do track and modality, and nothing says so with a way out", async () => {
    await page.getByRole("group", { name: "Track" }).getByRole("button", { name: "matching" }).click();
    await page.getByRole("group", { name: "Tasks with" }).getByRole("button", { name: "image" }).click();
    const expected = catalogue.tasks.filter((task) => task.track === "matching" && task.modalities.includes("image"));
    expect(expected.length).toBeGreaterThan(0);
    await expect(cards(page)).toHaveCount(expected.length);
    await expect(main(page).getByRole("heading", { name: "Classification" })).toHaveCount(0);
    await page.getByRole("searchbox", { name: "Search the tasks" }).fill("no such task");
    await expect(page.getByText("No task fits")).toBeVisible();
    await page.getByRole("button", { name: "Show all tasks" }).click();
    await expect(cards(page)).toHaveCount(catalogue.tasks.length);
  });

  await page.waitForLoadState("networkidle");
  expect(watch.requests.filter((address) => /\.(parquet|csv|onnx)(\?|$)/.test(address))).toEqual([]);
  expect(watch.requests.some((address) => address.endsWith("samples/index.json"))).toBe(true);
});

test("the query engine starts while the gallery is looked at; the task that is opened takes it", async ({ page }) => {
  await page.goto("");
  await expect.poll(() => page.workers().length).toBe(1);
  const [ahead] = page.workers();
  await card(page, "web-features").click();
  await expect(main(page).locator(".profile[data-ready]").first()).toBeVisible();
  expect(page.workers()).toEqual([ahead]);
});

test("a card, and the task's page, show the best baseline of any task by the task's own metric", async ({ page }) => {
  const shipped = catalogue.tasks.flatMap(({ id, metric }, i) => {
    const model = (name: string, by: string, value: number) => ({
      ...models.models[0],
      id: `${id}-${name}`,
      task: id,
      scores: { ...models.models[0].scores, validation: { metric: by, value, low: value - 0.01, high: value + 0.01 } },
    });
    return [model("weak", metric, 0.4), model("strong", metric, 0.6 + i / 100), model("other", "mcc", 0.99)];
  });
  await page.route("**/models/models.json", (route) => route.fulfill({ json: { ...models, models: shipped } }));
  await page.goto("");
  const titles: Record<string, string> = { accuracy: "Accuracy", f1: "F1" };
  for (const [i, { id, metric }] of catalogue.tasks.entries()) {
    await expect(card(page, id)).toContainText(`baseline ${(0.6 + i / 100).toFixed(3)}`);
    await expect(card(page, id)).toContainText(titles[metric]);
  }
  await card(page, "word-sense").click();
  const facts = main(page).locator(".task-facts");
  const place = catalogue.tasks.findIndex(({ id }) => id === "word-sense");
  await expect(facts).toContainText(`Best so farbaseline ${(0.6 + place / 100).toFixed(3)} on validation`);
  await expect(facts).toContainText("Accuracy, higher is better");
});

test("the gallery remembers the reader's own best", async ({ page }) => {
  const notebook = (learner: string) =>
    `---\npolytab: 1\ntitle: Best\ntask: web-features\n---\n\n\`\`\`model mine\n${learner}\n\`\`\`\n\n\`\`\`score result\npredictions: mine\n\`\`\`\n`;
  const scoreOf = async (learner: string): Promise<number> => {
    await polytab(page).openNotebook(notebook(learner));
    const reports = await polytab(page).run();
    expect(reports.map((report) => report.fault)).toEqual([undefined, undefined]);
    return (await polytab(page).score("result")).primary.value;
  };
  await page.goto("");
  const good = await scoreOf(
    "learner: linear\ninputs: columns(left_title, right_title, left_chrome, right_chrome)\nseed: 1",
  );
  const poor = await scoreOf("learner: majority");
  expect(poor).toBeLessThan(good);
  await page.goto("#/");
  await expect(card(page, "web-features")).toContainText(`yours ${good.toFixed(3)}`);
  await page.reload();
  await expect(card(page, "web-features")).toContainText(`yours ${good.toFixed(3)}`);
  await expect(card(page, "emoji-aisle")).not.toContainText("yours");
  await card(page, "web-features").click();
  await expect(main(page).locator(".task-facts")).toContainText(`yours ${good.toFixed(3)}`);
});
