import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { FLOAT, onnxModel } from "./engines/tiny-onnx";
import { expect, polytab, test } from "./fixtures";
import { watchWorkers } from "./worker-watch";

const fence = (info: string, source: string): string => `\`\`\`${info}\n${source}\n\`\`\``;
const NOTEBOOK = [
  "---\npolytab: 1\ntitle: Runaways\ntask: emoji-aisle\n---",
  fence("sql kept", "select label, count(*) as n from train group by all"),
  fence(
    "ts letters",
    'import { defineFeatures } from "polytab";\nexport default defineFeatures((row) => ({ n: row.name?.length ?? 0 }));',
  ),
  fence("model fitted", "learner: linear\ninputs: [letters]"),
  fence("ts loop", "while (true) {}"),
  fence("sql runaway", "select count(*) as n from train a, train b, train c where a.id || b.id || c.id like '%zz%'"),
  fence("model training", "learner: gbdt\ninputs: [columns]\nrounds: 2000\nleaves: 64"),
  fence("ts bomb", "const all: number[][] = [];\nfor (;;) all.push(new Array(1000).fill(all.length));"),
  fence("ts after_loop", "export default [{ one: 1 }];"),
  fence("sql after_runaway", "select count(*) as n from validation"),
  fence("model after_training", "learner: linear\ninputs: [letters]\nseed: 1"),
  fence("ts after_bomb", "export default [{ one: 2 }];"),
].join("\n\n");

/** Each has a cell `after_…` that needs the same engine: its answer tells that the engine is free again. How long it takes: `npm run bench -- stop`. */
const RUNAWAYS = ["loop", "runaway", "training", "bomb"];

for (const host of ["isolated", "plain"] as const) {
  test(`a loop, a query, a training run and an allocation bomb stop on a host ${host === "plain" ? "without" : "with"} isolation; tables and models stay`, async ({
    page,
    plainHost,
    baseURL,
  }) => {
    await page.goto(host === "plain" ? plainHost.url : (baseURL ?? ""));
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(host === "isolated");
    await polytab(page).openNotebook(NOTEBOOK);
    await polytab(page).run({ cells: ["kept", "letters", "fitted"] });
    const before = await polytab(page).table("fitted", { limit: 3 });
    expect(before).toHaveLength(3);
    for (const name of RUNAWAYS) {
      await page
        .getByRole("region", { name: new RegExp(` cell ${name}$`) })
        .getByRole("button", { name: "Run this cell" })
        .click();
      await expect.poll(() => statusOf(page, name)).toBe("running");
      await page.waitForTimeout(400);
      await page.getByRole("button", { name: "Stop" }).first().click();
      await expect.poll(() => statusOf(page, name), { intervals: [20] }).toBe("idle");
      const [report] = (await polytab(page).run({ cells: [`after_${name}`] })).filter(
        (cell) => cell.name === `after_${name}`,
      );
      expect(report).toMatchObject({ status: "ready" });
    }
    for (const name of ["kept", "letters", "fitted"]) expect(await statusOf(page, name)).toBe("ready");
    expect(await polytab(page).table("fitted", { limit: 3 })).toEqual(before);
  });
}

/** Minutes of work in one batch: 1,024 rows times 40 products with a matrix of 2048 x 2048, made by the model itself. */
const endless = onnxModel({
  inputs: [["n", FLOAT, ["rows", 1]]],
  outputs: [["p", FLOAT, ["rows", 9]]],
  constants: {
    wide: { dims: [2], ints: [1, 2048] },
    square: { dims: [2], ints: [2048, 2048] },
    narrow: { dims: [2], ints: [2048, 9] },
  },
  nodes: [
    ...["wide", "square", "narrow"].map((shape) => ({
      op: "ConstantOfShape",
      inputs: [shape],
      outputs: [`w_${shape}`],
    })),
    { op: "MatMul", inputs: ["n", "w_wide"], outputs: ["y0"] },
    ...Array.from({ length: 40 }, (_, i) => ({ op: "MatMul", inputs: [`y${i}`, "w_square"], outputs: [`y${i + 1}`] })),
    { op: "MatMul", inputs: ["y40", "w_narrow"], outputs: ["logits"] },
    { op: "Softmax", inputs: ["logits"], outputs: ["p"] },
  ],
});

test("an ONNX model in the middle of a batch stops, and the next one runs", async ({ page }) => {
  const hash = createHash("sha256").update(endless).digest("hex").slice(0, 16);
  const classes =
    "activities, animals-nature, flags, food-drink, objects, people-body, smileys-emotion, symbols, travel-places";
  const workers = await watchWorkers(page);
  const app = polytab(page);
  await page.goto("");
  await app.openNotebook(
    [
      NOTEBOOK.split("\n\n")[0],
      fence(
        "ts letters",
        'import { defineFeatures } from "polytab";\nexport default defineFeatures((row) => ({ n: row.name?.length ?? 0 }));',
      ),
      fence("model endless", `model: endless.onnx@${hash}\ninputs:\n  n: [letters]\nclasses: [${classes}]`),
      fence("model after", "model: emoji-aisle-text\nprovider: wasm"),
    ].join("\n\n"),
  );
  const file = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], "endless.onnx"));
    return transfer;
  }, Buffer.from(endless).toString("base64"));
  await page.dispatchEvent("body", "drop", { dataTransfer: file });
  await expect(page.getByText('"endless.onnx" is here: "endless" can run')).toBeVisible();
  await app.run({ cells: ["letters"] });
  await page.getByRole("region", { name: "Model cell endless" }).getByRole("button", { name: "Run this cell" }).click();
  await expect.poll(() => statusOf(page, "endless")).toBe("running");
  await expect
    .poll(async () => (await workers()).calls)
    .toContainEqual({ method: "run", id: expect.stringMatching(/^endless/) });
  await page.waitForTimeout(400);
  expect(await statusOf(page, "endless")).toBe("running");
  await page.getByRole("button", { name: "Stop" }).first().click();
  await expect.poll(() => statusOf(page, "endless"), { intervals: [20], timeout: 1_000 }).toBe("idle");
  expect((await app.run({ cells: ["after"] })).find(({ name }) => name === "after")).toMatchObject({
    status: "ready",
    provider: "wasm",
  });
});

test("a cell that runs by itself keeps to the notebook's time, and says so", async ({ page }) => {
  await page.goto("");
  await polytab(page).openNotebook(
    [
      "---\npolytab: 1\ntitle: By itself\ntask: emoji-aisle\nrun: auto\nbudget: 1\n---",
      fence("sql kept", "select 1 as one"),
      fence("ts loop", "display(1);"),
    ].join("\n\n"),
  );
  await polytab(page).run();
  expect(await statusOf(page, "loop")).toBe("ready");
  const region = page.getByRole("region", { name: / cell loop$/ });
  await region.getByRole("button", { name: "Edit loop" }).click();
  await region.locator(".monaco-editor").waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("while (true) {}");
  // Nobody asks for it: an edit and a pause do.
  await expect(region.getByRole("alert")).toContainText(
    "Stopped after 1 s, the time that a cell of this notebook may run",
  );
  expect(await statusOf(page, "kept")).toBe("ready");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("display(2);");
  await expect.poll(() => statusOf(page, "loop")).toBe("ready");
});

async function statusOf(page: Page, name: string): Promise<string | undefined> {
  return (await polytab(page).cells()).find((cell) => cell.name === name)?.status;
}
