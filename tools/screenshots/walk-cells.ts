import { polytab } from "../../e2e/polytab";
import type { Look } from "./look";
import { cell, code, notebook, palette, ran } from "./notebooks";

const COUNTS = code("sql counts", "select label, count(*) as n from train group by all order by n desc");

/** A notebook that was worked on for some days. */
export async function versions(look: Look): Promise<void> {
  const { page } = look;
  await ran(look, notebook("emoji-aisle", "First thoughts", COUNTS));
  const title = page.getByRole("textbox", { name: "Notebook title" });
  for (const [at, words] of ["Second thoughts", "Names alone", "Names and pictures", "What the shop asked"].entries()) {
    await page.clock.setFixedTime(Date.now() + (at + 1) * 5 * 3600_000);
    await title.fill(words);
    await title.press("Enter");
    await page.waitForTimeout(300);
  }
  await palette(look, "Versions");
  await page.waitForTimeout(500);
  await look.shot("dialog");
  await page.locator(".versions-one").last().click();
  await look.shot("oldest");
  await page.keyboard.press("Escape");
  if (look.isPhone) await page.getByRole("button", { name: "Show tasks and notebooks" }).click();
  await page
    .getByRole("button", { name: /^More for/ })
    .first()
    .click();
  await look.shot("notebook-menu");
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await look.shot("delete");
}

export async function embed(look: Look): Promise<void> {
  const { page } = look;
  const model = (name: string, inputs: string) =>
    code(`model ${name}`, "learner: linear", `inputs: [${inputs}]`, "seed: 7");
  await ran(
    look,
    notebook(
      "emoji-aisle",
      "By what they mean",
      code(
        "ts meaning",
        'import { defineFeatures, embedding } from "polytab";',
        'export default defineFeatures((row) => ({ name: embedding(row, "name") }));',
      ),
      model("words", '"embed:text(name)"'),
      model("both", '"embed:text(name)", "embed:image(image)"'),
      model("mine", "meaning"),
      code("score result", "predictions: [words, both, mine]"),
    ),
  );
  for (const name of ["meaning", "words", "both", "result"]) await look.shot(name, { at: cell(page, name) });
  await look.shot("all", { tall: true });
}

/** Cells that fail, each in its own way. */
export async function failures(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openNotebook(
    notebook(
      "emoji-aisle",
      "What went wrong",
      code("sql wrong", "select nam from train"),
      code("sql after", "select count(*) from wrong"),
      code(
        "ts thrown",
        'import { defineFeatures } from "polytab";',
        "export default defineFeatures((row) => {",
        '  if (row.name.length > 3) throw new Error("too long a name: " + row.name);',
        "  return { letters: row.name.length };",
        "});",
      ),
      code("model unread", "learner: liner", "inputs: [thrown]"),
      code("chart drawn", "source: wrong", "type: bar", "x: nam"),
    ),
  );
  await polytab(page).run();
  await look.shot("first", { at: cell(page, "wrong") });
  await look.shot("thrown", { at: cell(page, "thrown") });
  await look.shot("all", { tall: true });
}

export async function offline(look: Look): Promise<void> {
  const { page } = look;
  await page.context().setOffline(true);
  await page.waitForTimeout(500);
  await look.shot("home", { at: page.locator(".offline") });
  await page.evaluate(() => {
    location.hash = "/task/icon-styles";
  });
  await page.waitForTimeout(2500);
  await look.shot("task");
}

/** A result that is explored, with the profiles of its columns. */
export async function explored(look: Look): Promise<void> {
  const { page } = look;
  await ran(look, notebook("emoji-aisle", "Explored", code("sql rows", "select * from train")));
  await cell(page, "rows").getByRole("button", { name: "Explore" }).click();
  await page.waitForTimeout(500);
  const profiles = cell(page, "rows").getByRole("button", { name: /Profile|Columns/ });
  if (await profiles.count()) await profiles.first().click();
  await page.waitForTimeout(2500);
  await look.shot("profiles", { at: cell(page, "rows") });
  await look.shot("all", { at: cell(page, "rows"), tall: true });
}
