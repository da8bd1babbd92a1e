import { watchHeaps } from "../tools/bench/heaps";
import { expect, needsChromium, polytab, test } from "./fixtures";

const FIRST = 3;
const RUNS = 11;

const notebook = (run: number): string =>
  [
    "---\npolytab: 1\ntitle: Evening\ntask: emoji-aisle\n---",
    `\`\`\`sql balance\nselect label, count(*) as n from train group by all order by n desc -- ${run}\n\`\`\``,
    `\`\`\`ts features\nimport { defineFeatures, text } from "polytab";\nexport default defineFeatures((row) => ({ name: text(row.name ?? ""), letters: ${run} + (row.name?.length ?? 0) }));\n\`\`\``,
    "```model linear\nlearner: linear\ninputs: [features, columns]\n```",
    "```model trees\nlearner: gbdt\ninputs: [features]\nrounds: 30\n```",
    "```score result\npredictions: [linear, trees]\n```",
  ].join("\n\n");

/** The small form of `npm run bench -- memory`: after a few runs everything is loaded that is kept, and from then on nothing grows. */
test("runs leave nothing behind: memory and workers after many are those after a few", async ({ page }) => {
  needsChromium("the heaps of a page and its workers are read by Chromium's own protocol");
  await page.goto("");
  const heaps = await watchHeaps(page);
  const run = async (from: number, to: number): Promise<void> => {
    for (let i = from; i <= to; i++) {
      await polytab(page).openNotebook(notebook(i));
      for (const { name, status } of await polytab(page).run()) expect(`${name} is ${status}`).toBe(`${name} is ready`);
    }
  };
  await run(1, FIRST);
  const few = await heaps();
  await run(FIRST + 1, RUNS);
  const many = await heaps();
  expect((many.heap + many.buffers) / (few.heap + few.buffers)).toBeLessThan(1.1);
  expect(many.workers).toBe(few.workers);
});
