import { expect } from "@playwright/test";
import { onnxModel } from "../../e2e/engines/tiny-onnx";
import { fileArgument, polytab } from "../../e2e/polytab";
import { THINGS } from "../../e2e/things";
import type { Look } from "./look";
import { cell, code, notebook, palette, ran } from "./notebooks";

export async function explain(look: Look): Promise<void> {
  const { page } = look;
  for (const [task, inputs] of [
    ["emoji-aisle", "[columns]"],
    ["web-features", "[columns]"],
  ] as const) {
    await ran(
      look,
      notebook(
        task,
        "What matters",
        code("model mine", "learner: linear", `inputs: ${inputs}`, "seed: 7"),
        code("explain why", "predictions: mine", "rounds: 2", "seconds: 60"),
      ),
    );
    await look.shot(task, { at: cell(page, "why") });
    await look.shot(`${task}-all`, { tall: true, at: cell(page, "why") });
  }
}

export async function models(look: Look): Promise<void> {
  const { page } = look;
  await ran(
    look,
    notebook(
      "emoji-aisle",
      "Automatic",
      code("model best", "learner: auto", 'inputs: ["columns(name, vendor, colours)"]', "effort: quick", "seed: 7"),
      code("score result", "predictions: best"),
    ),
  );
  await look.shot("auto", { at: cell(page, "best"), tall: true });
  await cell(page, "best")
    .getByRole("button", { name: /Edit|form/i })
    .first()
    .click()
    .catch(() => undefined);
  await page.waitForTimeout(400);
  await look.shot("form", { at: cell(page, "best") });
  const net = onnxModel({
    inputs: [["alike", 1, ["n", 1]]],
    outputs: [["scores", 1, ["n", 2]]],
    constants: { w: { dims: [1, 2], floats: [8, -8] } },
    nodes: [{ op: "MatMul", inputs: ["alike", "w"], outputs: ["scores"] }],
  });
  await polytab(page).openNotebook(
    notebook(
      "web-features",
      "My model",
      code(
        "ts features",
        'import { defineFeatures, similarity } from "polytab";',
        "export default defineFeatures((row) => ({ title: similarity.jaccard(row.left.title, row.right.title) }));",
      ),
    ),
  );
  await polytab(page).run();
  const chooser = page.waitForEvent("filechooser");
  await palette(look, "Bring an ONNX model");
  await (await chooser).setFiles({
    name: "alike.onnx",
    mimeType: "application/octet-stream",
    buffer: Buffer.from(net),
  });
  await expect(page.getByRole("dialog", { name: "Bring a model" })).toContainText("float32");
  await look.shot("onnx", { tall: look.isPhone });
}

export async function importing(look: Look): Promise<void> {
  const { page } = look;
  await page.goto(`${page.url().split("#")[0]}#/import`);
  const files = page.locator("input[type=file]").first();
  await files.setInputFiles({
    name: "My_things-train.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`${THINGS}\n60,too,few`),
  });
  await expect(page.getByText(/Cannot read 1 line/).first()).toBeVisible();
  await look.shot("wizard", { tall: true });
  await page.getByRole("checkbox", { name: "Set aside the lines that are no rows" }).check();
  await page.getByRole("button", { name: "Make the task" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "My things" })).toBeVisible();
  await page.waitForTimeout(1500);
  await look.shot("kept", { tall: true, dark: false });
  await page.goto(`${page.url().split("#")[0]}#/`);
  await page.waitForTimeout(500);
  await look.shot("home", { tall: true, dark: false });
  await page.getByRole("button", { name: "Remove My things" }).click();
  await look.shot("remove");
}

export async function blocking(look: Look): Promise<void> {
  const { page } = look;
  await page.goto(`${page.url().split("#")[0]}#/import`);
  const words = ["lamp", "bulb", "plug", "sensor", "switch", "camera"];
  const item = (i: number) => `${words[i % 6]} ${["red", "blue", "green"][i % 3]} model ${i}`;
  const side = (shift: number) =>
    [
      "code,name,maker,price",
      ...Array.from(
        { length: 120 },
        (_, i) => `${shift + i},${item(i)}${shift ? " new" : ""},${["Acme", "Bolt", "Cosy"][i % 3]},${i % 40}.5`,
      ),
    ].join("\n");
  const matches = ["left_id,right_id", ...Array.from({ length: 100 }, (_, i) => `${i},${1000 + i}`)].join("\n");
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles([
      { name: "left.csv", mimeType: "text/csv", buffer: Buffer.from(side(0)) },
      { name: "right.csv", mimeType: "text/csv", buffer: Buffer.from(side(1000)) },
      { name: "matches.csv", mimeType: "text/csv", buffer: Buffer.from(matches) },
    ]);
  await page.waitForTimeout(2500);
  await look.shot("table", { tall: true });
}

export async function publish(look: Look): Promise<void> {
  const { page } = look;
  const base = page.url().split("#")[0];
  const id = await polytab(page).importTask(
    { train: fileArgument("things.csv", Buffer.from(THINGS)) },
    { title: "My things", track: "classification", label: "kind", modalities: { secret: "text" } },
  );
  await page.goto(`${base}#/task/${id}`);
  await page.getByRole("button", { name: "Make a task folder" }).click();
  await page.waitForTimeout(600);
  await look.shot("form", { tall: look.isPhone });
  await page.getByLabel("Licence", { exact: true }).fill("CC-BY-4.0");
  await page.getByLabel("Made by", { exact: true }).fill("The shop");
  await page.getByRole("button", { name: "Make the folder" }).click();
  await page.waitForTimeout(2500);
  await look.shot("made");
  await page.keyboard.press("Escape");
  await page.goto(
    `${base}#task=${encodeURIComponent(`http://localhost:${new URL(base).port}/samples/web-features/task.json`)}`,
  );
  await page.waitForTimeout(500);
  await look.shot("remote");
}
