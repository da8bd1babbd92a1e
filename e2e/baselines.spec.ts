import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, needsChromium, polytab, test } from "./fixtures";

const { models }: { models: { id: string; task: string; note?: string; scores: { validation: { value: number } } }[] } =
  JSON.parse(readFileSync(join(import.meta.dirname, "../dist/models/models.json"), "utf8"));

for (const id of ["web-features-fusion", "emoji-aisle-image"]) {
  test(`the baseline ${id} scores in the tab what the list of models says`, async ({ page }) => {
    const entry = models.find((model) => model.id === id);
    if (!entry) throw new Error(`models.json has no ${id}`);
    await page.goto("");
    await polytab(page).openNotebook(
      `---\npolytab: 1\ntitle: Baseline\ntask: ${entry.task}\n---\n\n\`\`\`model baseline\nmodel: ${id}\nprovider: wasm\n\`\`\`\n\n\`\`\`score result\npredictions: baseline\n\`\`\`\n`,
    );
    const reports = await polytab(page).run();
    expect(reports.map((report) => report.fault)).toEqual([undefined, undefined]);
    expect((await polytab(page).score("result")).primary.value).toBeCloseTo(entry.scores.validation.value, 9);
    const cell = page.getByRole("region", { name: "Model cell baseline" });
    await expect(cell).toContainText(`trained on`);
    if (entry.note) await expect(cell).toContainText(entry.note);
  });
}

test("a cell that asks for a GPU where there is none runs on WASM, and says why and what to look for", async ({
  page,
}) => {
  needsChromium("what is missing, and so what is said, is each browser's own");
  await page.goto("");
  await polytab(page).openNotebook(
    "---\npolytab: 1\ntitle: Forced\ntask: emoji-aisle\n---\n\n```model baseline\nmodel: emoji-aisle-text\nprovider: webgpu\n```\n",
  );
  const [report] = await polytab(page).run();
  expect([report.fault, report.provider]).toEqual([undefined, "wasm"]);
  await expect(page.getByRole("region", { name: "Model cell baseline" })).toContainText(
    /on WASM \(the browser offers no GPU; its settings may have graphics acceleration off\)/,
  );
});
