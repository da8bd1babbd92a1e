import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, polytab, test } from "./fixtures";

const document = (name: string): string => readFileSync(join(import.meta.dirname, `../docs/${name}.md`), "utf8");

for (const { track, question, metric, least } of [
  // 5 points, an interval of 1.6 to 8.4: what the reader's words know that the rows do not.
  { track: "classification", question: "Which class is it?", metric: "accuracy", least: 0.03 },
  { track: "matching", question: "Are these two the same?", metric: "f1", least: 0.01 },
]) {
  test(`a newcomer opens the ${track} tutorial from the start page, runs it, and its model is ${least} above the plain one`, async ({
    page,
  }) => {
    await page.goto("#/");
    const steps = page.getByRole("navigation", { name: "First steps" });
    await steps.getByRole("button", { name: question }).click();
    await expect(page.getByRole("heading", { level: 1, name: `${question} Ten minutes` })).toBeVisible();
    await page.getByRole("button", { name: "Run all" }).click();
    const score = page.getByRole("region", { name: / cell result$/ });
    await expect(score.getByRole("row", { name: /plain/ }).first()).toBeVisible({ timeout: 60_000 });
    const reports = await polytab(page).run();
    expect(reports.filter(({ status }) => status !== "ready")).toEqual([]);
    const rows = await polytab(page).table("result");
    const of = (run: string): number =>
      Number(rows.find((row) => row.part === "metrics" && row.predictions === run && row.metric === metric)?.value);
    const [first] = /predictions: \[(\w+),/.exec(document(`tutorial-${track}`))?.slice(1) ?? [];
    expect(of(first) - of("plain")).toBeGreaterThanOrEqual(least);
  });
}

test("the documentation is a list of documents with links between them; the cells in it run", async ({ page }) => {
  await page.goto("#/");
  await page.getByRole("link", { name: "Documentation" }).first().click();
  await page.getByRole("link", { name: "The notebook format" }).click();
  await page.getByRole("main").getByRole("link", { name: "metrics" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Metrics" })).toBeVisible();
  await page.getByRole("link", { name: "All documents" }).click();
  await page.getByRole("link", { name: "The toolbox" }).click();
  await page.getByRole("navigation", { name: "On this page" }).getByRole("button", { name: "similarity" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "similarity" })).toBeInViewport();

  await test.step("the toolbox's cells run on a sample task", async () => {
    await polytab(page).openNotebook(
      `---\npolytab: 1\ntitle: Toolbox\ntask: emoji-aisle\n---\n\n${document("toolbox")}`,
    );
    const named = (await polytab(page).cells()).filter(({ name }) => name).map(({ name }) => name);
    expect(named).toEqual(["features", "learnt", "pictures", "meanings", "longest"]);
    const reports = await polytab(page).run({ cells: named });
    const mine = reports.filter(({ name }) => named.includes(name));
    expect(mine.map(({ name, status, fault }) => [name, fault?.message ?? status])).toEqual(
      named.map((name) => [name, "ready"]),
    );
  });

  await test.step("the notebook in the notebook's format runs", async () => {
    const [, text] = /````md notebook\n([\s\S]*?)````/.exec(document("notebook-format")) ?? [];
    await polytab(page).openNotebook(text);
    const reports = await polytab(page).run();
    expect(reports.map(({ name, status }) => [name, status])).toEqual([
      ["lengths", "ready"],
      ["drawn", "ready"],
    ]);
  });
});
