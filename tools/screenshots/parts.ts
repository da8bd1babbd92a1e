import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { onnxModel } from "../../e2e/engines/tiny-onnx";
import { fileArgument, polytab } from "../../e2e/polytab";
import { root } from "../command";
import type { Look } from "./look";

/** The walk in parts, each from a fresh profile: pages and dialogs in a real state. */
export const PARTS: Record<string, (look: Look) => Promise<void>> = {
  home,
  docs,
  task,
  pairs,
  starter,
  dialogs,
  runs,
  across,
  challenge,
  errors,
  matching,
  explain,
  models,
  importing,
  blocking,
  publish,
};

const cell = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });
const sample = (task: string, file: string) => join(root, "public/samples", task, file);
const notebook = (task: string, title: string, ...cells: string[]) =>
  `---\npolytab: 1\ntitle: ${title}\ntask: ${task}\n---\n\n${cells.join("\n\n")}\n`;
const code = (info: string, ...lines: string[]) => `\`\`\`${info}\n${lines.join("\n")}\n\`\`\``;

/** Opens a notebook and runs it; a cell that fails is part of what is looked at, and said. */
async function ran(look: Look, text: string): Promise<void> {
  const app = polytab(look.page);
  await app.openNotebook(text);
  for (const { name, fault } of await app.run()) if (fault) look.remarks.push(`${name} failed: ${fault.message}`);
}

async function palette({ page }: Look, command: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: command }).first().click();
}

async function share(look: Look, item: string | undefined): Promise<void> {
  const { page } = look;
  await page.getByRole("button", { name: look.isPhone ? "More" : "Share", exact: true }).click();
  if (item) await page.getByRole("menuitem", { name: item }).click();
}

async function home(look: Look): Promise<void> {
  const { page } = look;
  await expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  await look.shot("first");
  await look.shot("all", { tall: true });
  await page.keyboard.press("Control+k");
  await look.shot("palette");
  await page.keyboard.press("Escape");
  for (const route of ["import", "board", "challenge", "nowhere"]) {
    await page.goto(`${page.url().split("#")[0]}#/${route}`);
    await page.waitForTimeout(300);
    await look.shot(`empty-${route}`);
  }
  await page.goto(`${page.url().split("#")[0]}#/diagnostics`);
  await page.waitForTimeout(500);
  await look.shot("diagnostics");
  await page.getByRole("button", { name: "Run it" }).click();
  await page.waitForTimeout(12_000);
  await look.shot("diagnostics-tested", { tall: true });
}

async function docs(look: Look): Promise<void> {
  const { page } = look;
  const base = page.url().split("#")[0];
  for (const name of ["", "/toolbox", "/metrics", "/learners", "/starters"]) {
    await page.goto(`${base}#/docs${name}`);
    await page.waitForTimeout(400);
    await look.shot(name.slice(1) || "list", { tall: name === "" });
  }
  for (const track of ["classification", "matching"]) {
    await ran(look, readFileSync(join(root, `docs/tutorial-${track}.md`), "utf8"));
    await look.shot(`tutorial-${track}`, { tall: true, dark: false });
  }
}

async function task(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openTask("emoji-aisle");
  await expect(page.locator(".profile[data-ready]").first()).toBeVisible({ timeout: 60_000 });
  await look.shot("first");
  await page.waitForTimeout(4000);
  await look.shot("all", { tall: true });
  const grid = page.getByRole("grid", { name: "emoji-aisle, train" });
  await grid.scrollIntoViewIfNeeded();
  await grid.locator("[data-row='0'] [data-column='1']").click();
  await page.waitForTimeout(500);
  await look.shot("row");
  await page.keyboard.press("Escape");
  await page.locator(".profile button").first().click();
  await page.waitForTimeout(800);
  await look.shot("profile-open", { at: page.locator(".profile").first() });
}

async function pairs(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openTask("web-features");
  await expect(page.locator(".profile[data-ready]").first()).toBeVisible({ timeout: 60_000 });
  await page.waitForTimeout(3000);
  await look.shot("all", { tall: true });
  const grid = page.getByRole("grid", { name: "web-features, train" });
  await grid.scrollIntoViewIfNeeded();
  await grid.locator("[data-row='0'] [data-column='1']").click();
  await page.waitForTimeout(700);
  await look.shot("row");
}

async function starter(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openTask("emoji-aisle");
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  await expect(cell(page, "features")).toBeVisible();
  await look.shot("before");
  await look.shot("before-all", { tall: true, dark: false });
  await polytab(page).run();
  await look.shot("after");
  for (const name of ["class_balance", "features", "result", "mistakes"]) {
    await look.shot(`cell-${name}`, { at: cell(page, name) });
  }
  await look.shot("after-all", { tall: true });
  await cell(page, "features").getByRole("button", { name: "Edit features" }).click();
  await page.waitForTimeout(1500);
  await look.shot("editing", { at: cell(page, "features") });
  if (look.isPhone) {
    await page
      .getByRole("button", { name: /Show|panel|about/i })
      .first()
      .click()
      .catch(() => undefined);
    await look.shot("sheet");
    await page.keyboard.press("Escape");
  }
}

async function dialogs(look: Look): Promise<void> {
  const { page } = look;
  const text = readFileSync(sample("emoji-aisle", "notebook.md"), "utf8");
  await ran(look, text);
  await share(look, undefined);
  await look.shot("share-menu");
  await page.keyboard.press("Escape");
  await share(look, "Share a link…");
  await look.shot("share", { tall: look.isPhone });
  await page.keyboard.press("Escape");
  const link = await polytab(page).shareLink();
  await palette(look, "Versions");
  await page.waitForTimeout(500);
  await look.shot("versions");
  await page.keyboard.press("Escape");
  await palette(look, "List of keys");
  await look.shot("keys");
  await page.keyboard.press("Escape");
  await polytab(page).openNotebook(
    text.replace("letters", "signs").replace("seed: 7", "seed: 8").replace("title: ", "title: Mine, "),
  );
  await share(look, "Compare…");
  await page.waitForTimeout(500);
  await look.shot("compare", { tall: look.isPhone });
  await page.keyboard.press("Escape");
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByText("Nothing has run")).toBeVisible();
  await look.shot("link");
  await page.getByRole("button", { name: "Run all" }).first().click();
  await look.shot("consent");
}

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

async function runs(look: Look): Promise<void> {
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

async function across(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openNotebook(SMALL("length: row.name.length"));
  await polytab(page).runAcrossTasks();
  await page.waitForTimeout(500);
  await look.shot("done", { tall: true });
}

async function challenge(look: Look): Promise<void> {
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

async function errors(look: Look): Promise<void> {
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

async function matching(look: Look): Promise<void> {
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

async function explain(look: Look): Promise<void> {
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

async function models(look: Look): Promise<void> {
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

const things = [
  "nr,about,stars,price,secret,kind",
  ...Array.from(
    { length: 90 },
    (_, i) =>
      `${i},a ${["fine", "cheap", "small"][i % 3]} thing ${i % 7},${i % 5},$ ${i}.50,${(i * 7919) % 97},${"xyz"[i % 3]}`,
  ),
].join("\n");

async function importing(look: Look): Promise<void> {
  const { page } = look;
  await page.goto(`${page.url().split("#")[0]}#/import`);
  const files = page.locator("input[type=file]").first();
  await files.setInputFiles({
    name: "My_things-train.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`${things}\n60,too,few`),
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

async function blocking(look: Look): Promise<void> {
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

async function publish(look: Look): Promise<void> {
  const { page } = look;
  const base = page.url().split("#")[0];
  const id = await polytab(page).importTask(
    { train: fileArgument("things.csv", Buffer.from(things)) },
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
