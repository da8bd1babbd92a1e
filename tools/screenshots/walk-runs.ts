import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { polytab } from "../../e2e/polytab";
import { root } from "../command";
import type { Look } from "./look";
import { cell, code, notebook, ran, sample } from "./notebooks";

const SMALL = (feature: string, task = "emoji-aisle") =>
  notebook(
    task,
    "Names only",
    code(
      "ts features",
      'import { defineFeatures, text } from "polytab";',
      `export default defineFeatures((row) => ({ ${feature} }));`,
    ),
    code("model mine", "learner: linear", "inputs: [features]", "seed: 7"),
    code("model majority", "learner: majority"),
    code("score result", "predictions: [mine, majority]"),
  );

export async function runs(look: Look): Promise<void> {
  const { page } = look;
  await ran(look, SMALL("length: row.name.length"));
  await ran(look, SMALL("name: text(row.name)"));
  await ran(look, readFileSync(sample("web-features", "notebook.md"), "utf8"));
  await page.goto(`${page.url().split("#")[0]}#/board`);
  const boxes = page.getByRole("checkbox", { name: /Compare Names only/ });
  await expect(boxes.first()).toBeVisible();
  await look.shot("board", { tall: true });
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await look.shot("board-two");
  await page.getByRole("button", { name: "Compare two runs" }).click();
  await page.waitForTimeout(1500);
  await look.shot("compare", { tall: true });
}

export async function across(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openNotebook(SMALL("length: row.name.length"));
  await polytab(page).runAcrossTasks();
  await page.waitForTimeout(500);
  await look.shot("done", { tall: true });
}

export async function challenge(look: Look): Promise<void> {
  const { page } = look;
  const labels = (task: string) => readFileSync(join(root, "private", task, "test-labels.csv"));
  const made = (task: string, wrongEvery: number): Buffer => {
    const lines = labels(task).toString().trim().split("\n").slice(1);
    const said = lines.map((line, row) => {
      const [id, label] = line.split(",");
      const match = (label === "1") !== (row % wrongEvery === 0);
      return `${id},${Number(match)},${match ? 0.25 : 0.75},${match ? 0.75 : 0.25}`;
    });
    return Buffer.from(["id,prediction,p_0,p_1", ...said].join("\n"));
  };
  await page.goto(`${page.url().split("#")[0]}#/challenge`);
  const give = (files: Record<string, Buffer>) =>
    page
      .getByLabel("Cards, prediction files and labels")
      .setInputFiles(Object.entries(files).map(([name, buffer]) => ({ name, mimeType: "text/csv", buffer })));
  await give({
    "comets.web-features.csv": made("web-features", 10),
    "comets.smart-home-variants.csv": made("smart-home-variants", 4),
    "rockets.web-features.csv": made("web-features", 3),
    "sparrows.smart-home-variants.csv": made("smart-home-variants", 7),
    "torn.web-features.csv": Buffer.from(made("web-features", 2).toString().replace(/0\.75/, "0.5")),
  });
  await expect(page.getByText(/comets on web-features/).first()).toBeVisible();
  await page.waitForTimeout(1000);
  await look.shot("waiting", { tall: true });
  await give({
    "web-features.test-labels.csv": labels("web-features"),
    "smart-home-variants.test-labels.csv": labels("smart-home-variants"),
  });
  await page.waitForTimeout(3000);
  await look.shot("board", { tall: true });
}

export async function errors(look: Look): Promise<void> {
  const { page } = look;
  await ran(
    look,
    notebook(
      "emoji-aisle",
      "Where it is wrong",
      code(
        "ts features",
        'import { defineFeatures } from "polytab";',
        "export default defineFeatures((row) => ({ letters: row.name.length, heavy: row.svg_bytes > 2000 }));",
      ),
      code("model plain", "learner: linear", 'inputs: [features, "columns(vendor, colours, paths)"]', "seed: 7"),
      code("model majority", "learner: majority"),
      code("sql dark", "select id from validation where colours > 4"),
      code("score result", "predictions: [plain, majority]", "slices: [dark]"),
    ),
  );
  const result = cell(page, "result");
  await look.shot("score", { at: result });
  await result
    .getByRole("button", { name: /predicted as .*Show these rows/ })
    .first()
    .click();
  await page.waitForTimeout(1200);
  const picked = result.getByRole("region", { name: /predicted as/ });
  await look.shot("rows", { at: picked });
  await picked.getByRole("grid").getByRole("row").nth(1).getByRole("gridcell").first().click();
  await page.waitForTimeout(600);
  await look.shot("row", { at: picked });
  await page.keyboard.press("Escape");
  await result.getByText("Suggested slices").click();
  await page.waitForTimeout(4000);
  await look.shot("whole", { at: result, tall: true });
}

export async function matching(look: Look): Promise<void> {
  const { page } = look;
  await ran(
    look,
    notebook(
      "smart-home-variants",
      "Pairs",
      code("model mine", "learner: linear", "inputs: columns", "seed: 7"),
      code("score result", "predictions: mine"),
    ),
  );
  const result = cell(page, "result");
  await look.shot("score", { at: result });
  await result.getByText("Pairs", { exact: true }).first().click();
  await page.waitForTimeout(1500);
  await look.shot("bench", { at: result.getByText("Pairs", { exact: true }).first() });
  await result.getByRole("slider", { name: /A match from/ }).fill("0.9");
  await look.shot("slider", { at: result.locator(".bench-counts") });
  await result.getByRole("button", { name: "blind labelling" }).click();
  const blind = result.getByRole("region", { name: "Blind labelling" });
  await look.shot("blind-start", { at: blind });
  await blind.getByRole("button", { name: "10", exact: true }).click();
  await page.waitForTimeout(1000);
  await look.shot("blind", { at: blind });
  for (let n = 0; n < 10; n++) {
    await expect(blind.getByRole("button", { name: /^Match/ })).toBeEnabled();
    await blind.getByRole("button", { name: n % 2 === 0 ? /^Match/ : /^No match/ }).click();
    await page.waitForTimeout(150);
  }
  await page.waitForTimeout(500);
  await look.shot("blind-done", { at: blind });
}
