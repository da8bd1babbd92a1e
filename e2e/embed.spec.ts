import { expect, polytab, test } from "./fixtures";

const notebook = (...cells: string[]): string =>
  `---\npolytab: 1\ntitle: Embedded\ntask: emoji-aisle\n---\n\n${cells.join("\n\n")}\n`;
const model = (name: string, inputs: string, seed = 7): string =>
  `\`\`\`model ${name}\nlearner: linear\ninputs: [${inputs}]\nseed: ${seed}\n\`\`\``;

test("texts and pictures are inputs by their vectors, computed once for all cells", async ({ page, watch }) => {
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(
    notebook(
      model("words", "embed:text(name)"),
      model("both", '"embed:text(name)", "embed:image(image)"'),
      model("majority", "columns").replace("linear", "majority"),
      "```score result\npredictions: [words, both, majority]\n```",
    ),
  );
  expect((await app.run()).map(({ fault }) => fault)).toEqual([undefined, undefined, undefined, undefined]);
  const told = page.getByText(/values of name embedded by sentence-en/);
  await expect(told).toHaveCount(2);
  // One of the two cells had the work, the other its fruits.
  await expect(told.filter({ hasText: "all of them known already" })).toHaveCount(1);
  await expect(page.getByText(/values of image embedded by .* computed on WASM in/)).toHaveCount(1);
  const asked = watch.requests.filter((url) => url.endsWith("sentence-en.onnx"));
  expect(asked).toHaveLength(1);
  const rows = await app.table("result");
  const accuracy = (name: string): number =>
    Number(rows.find((row) => row.part === "metrics" && row.predictions === name && row.metric === "accuracy")?.value);
  expect(accuracy("words")).toBeGreaterThan(accuracy("majority") + 0.1);

  await app.openNotebook(notebook(model("words", "embed:text(nam)")));
  const [{ fault }] = await app.run();
  expect(fault).toMatchObject({ message: '"words" cannot embed "nam": the task has name, vendor, skin, presentation' });
});

test("embedding tells how far it is and stops at once", async ({ page }) => {
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(
    notebook(model("words", "embed:text(name)")).replace("emoji-aisle", "word-sense").replace("(name)", "(definition)"),
  );
  await page.getByRole("button", { name: "Run all" }).click();
  await page
    .getByRole("button", { name: "Run the notebook" })
    .click({ timeout: 3_000 })
    .catch(() => {});
  await expect(page.getByText(/encoder: [\d,]+ of [\d,]+/).first()).toBeVisible({ timeout: 60_000 });
  const started = Date.now();
  await app.stop();
  await expect.poll(async () => (await app.cells()).map(({ status }) => status)).toEqual(["idle"]);
  expect(Date.now() - started).toBeLessThan(1_500);
});

test("feature code embeds columns of a pair, and the vectors are those of the model cells", async ({ page, watch }) => {
  const app = polytab(page);
  await page.goto("./");
  const feature = (name: string, body: string): string =>
    `\`\`\`ts ${name}\nimport { defineFeatures, embedding, similarity, task } from "polytab";\nexport default defineFeatures((row) => ${body});\n\`\`\``;
  const pairs = (...cells: string[]) => notebook(...cells).replace("emoji-aisle", "web-features");
  const near = "similarity.cosine(embedding(row.left, name), embedding(row.right, name))";
  await app.openNotebook(
    pairs(
      feature("near", `Object.fromEntries(task.columns.text.slice(0, 1).map((name) => [name, ${near}]))`),
      model("mine", "near"),
      model("theirs", "embed:text(title)"),
      model("majority", "columns").replace("linear", "majority"),
      "```score result\npredictions: [mine, majority]\n```",
    ),
  );
  expect((await app.run()).map(({ fault }) => fault)).toEqual(Array(5).fill(undefined));
  expect(watch.requests.filter((url) => url.endsWith("sentence-en.onnx"))).toHaveLength(1);
  const rows = await app.table("result");
  const f1 = (name: string): number =>
    Number(rows.find((row) => row.part === "metrics" && row.predictions === name && row.metric === "f1")?.value);
  expect(f1("majority")).toBe(0);
  expect(f1("mine")).toBeGreaterThan(0.3);

  await app.openNotebook(pairs(feature("near", '({ a: embedding(row.left, "titel") })')));
  const [{ fault }] = await app.run();
  expect(fault).toMatchObject({
    message: expect.stringContaining('There is no column "titel" to embed'),
    hint: expect.stringContaining("title"),
  });
});

test("the preview of a feature cell shows what it embeds", async ({ page }) => {
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(
    notebook(
      '```ts meaning\nimport { defineFeatures, embedding } from "polytab";\nexport default defineFeatures((row) => ({ long: embedding(row, "name")?.length ?? null }));\n```',
    ),
  );
  await page.getByRole("button", { name: "Edit meaning" }).click();
  await expect(page.locator(".preview-pane").getByRole("cell", { name: "512" }).first()).toBeVisible({
    timeout: 60_000,
  });
});
