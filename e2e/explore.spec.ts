import type { Page, Route } from "@playwright/test";
import { expect, polytab, test } from "./fixtures";

/** The rows of a task's page, in sight. */
async function openRows(page: Page, task: string) {
  await page.goto(`#/task/${task}`);
  const grid = page.getByRole("grid", { name: `${task}, train` });
  await expect(grid.locator("[data-row='0'] [data-column='1']")).toBeVisible({ timeout: 60_000 });
  await expect(grid.locator(".grid-skeleton")).toHaveCount(0);
  await grid.scrollIntoViewIfNeeded();
  return grid;
}

const count = (page: Page) => page.locator(".explorer-count");
const search = (page: Page) => page.getByRole("searchbox", { name: /^Search the (row|pair)s$/ });
const panel = (page: Page) => page.getByRole("complementary", { name: /^(Row|Pair) \d/ });

/** What the first rows show in a column, by its name, once no row is on its way any more. */
async function shown(page: Page, column: string, rows: number): Promise<(string | null)[]> {
  await expect(page.locator(".explorer[data-busy]")).toHaveCount(0);
  await expect(page.locator(".explorer .grid-skeleton")).toHaveCount(0);
  const heading = page.locator(".explorer").getByRole("columnheader", { name: column });
  const index = Number(await heading.getAttribute("aria-colindex")) - 2;
  return Promise.all(
    Array.from({ length: rows }, (_, row) =>
      page.locator(`.explorer [data-row='${row}'] [data-column='${index}']`).textContent(),
    ),
  );
}

test("rows are searched, sorted, filtered, read in full, and become a cell that gives the same rows", async ({
  page,
}) => {
  test.setTimeout(150_000);
  const grid = await openRows(page, "emoji-aisle");
  await expect(count(page)).toHaveText("1,148 rows");

  await test.step("a search narrows, literally and whatever the case, and says to how many", async () => {
    await search(page).fill("%");
    await expect(page.getByText("No row of train fits")).toBeVisible();
    await expect(count(page)).toHaveText("0 of 1,148 rows");
    await page.getByRole("button", { name: "Clear the search" }).last().click();
    await expect(count(page)).toHaveText("1,148 rows");
    await search(page).fill("CAT");
    await expect(count(page)).toHaveText(/^\d\d? of 1,148 rows$/);
    for (const name of await shown(page, "name", 4)) expect(name?.toLowerCase()).toContain("cat");
  });

  const sorted = grid.getByRole("columnheader", { name: "name" });
  await test.step("a heading sorts up, down and not at all", async () => {
    const unsorted = await shown(page, "name", 4);
    await sorted.getByRole("button").click();
    await expect(sorted).toHaveAttribute("aria-sort", "ascending");
    const up = await shown(page, "name", 5);
    expect(up).toEqual([...up].sort());
    await sorted.getByRole("button").click();
    await expect(sorted).toHaveAttribute("aria-sort", "descending");
    const down = await shown(page, "name", 5);
    expect(down).toEqual([...down].sort().reverse());
    expect([up[4], down[0]]).toEqual([up[4], down[0]].sort());
    await sorted.getByRole("button").click();
    await expect(sorted).not.toHaveAttribute("aria-sort");
    expect(await shown(page, "name", 4)).toEqual(unsorted);
    await sorted.getByRole("button").click();
    await sorted.getByRole("button").click();
    await expect(sorted).toHaveAttribute("aria-sort", "descending");
  });

  await test.step("a row is read in full, and the keys lead on", async () => {
    const names = await shown(page, "name", 3);
    await grid.locator("[data-row='0'] [data-column='1']").click();
    await expect(panel(page)).toContainText(`${names[0]}`);
    await expect(panel(page).getByRole("img")).toBeVisible();
    await expect(panel(page)).toContainText("32 × 32 px");
    await expect(panel(page).locator("dt")).toHaveCount(9);
    await page.keyboard.press("ArrowDown");
    await expect(panel(page)).toContainText(`${names[1]}`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await expect(panel(page)).toContainText(`${names[2]}`);
    await panel(page).getByRole("button", { name: "Previous" }).click();
    await expect(panel(page)).toContainText(`${names[1]}`);
    await page.keyboard.press("Escape");
    await expect(panel(page)).toBeHidden();
  });

  await test.step("a value leads to all rows that have it, and the chip leads back", async () => {
    await grid.locator("[data-row='0'] [data-column='1']").click();
    const before = `${await count(page).textContent()}`;
    await panel(page)
      .getByRole("button", { name: /^Only rows where vendor is/ })
      .click();
    const chip = page.getByRole("button", { name: /^Remove the filter: vendor is/ });
    await expect(chip).toBeVisible();
    await expect(count(page)).not.toHaveText(before);
    const vendors = await shown(page, "vendor", 3);
    expect(new Set(vendors).size).toBe(1);
    await chip.click();
    await expect(count(page)).toHaveText(before);
    await panel(page)
      .getByRole("button", { name: /^Only rows where vendor is/ })
      .click();
    await expect(chip).toBeVisible();
  });

  await test.step("another split has its own rows; test has no label, and a filter by it waits", async () => {
    await panel(page)
      .getByRole("button", { name: /^Only rows where label is/ })
      .click();
    await search(page).fill("");
    const label = page.getByRole("button", { name: /^Remove the filter: label is/ });
    await expect(label).not.toHaveAttribute("data-off");
    const split = page.getByRole("group", { name: "Split" });
    await split.getByRole("button", { name: "test" }).click();
    await expect(count(page)).toHaveText(/ of 383 rows$/);
    await expect(label).toHaveAttribute("data-off");
    await page.getByRole("grid", { name: "emoji-aisle, test" }).locator("[data-row='0'] [data-column='1']").click();
    await expect(panel(page)).toContainText("held back");
    await label.click();
    await split.getByRole("button", { name: "train" }).click();
    await search(page).fill("CAT");
    await expect(count(page)).toHaveText(/^\d\d? of 1,148 rows$/);
  });

  await test.step("put into the notebook, the view is a cell that gives the same rows in the same order", async () => {
    const names = await shown(page, "name", 3);
    const rows = Number.parseInt(`${await count(page).textContent()}`, 10);
    await page.getByRole("button", { name: "Put into the notebook" }).last().click();
    await expect(page.getByRole("region", { name: /sql cell train_rows$/i })).toBeVisible();
    const [report] = await polytab(page).run({ cells: ["train_rows"] });
    expect(report).toMatchObject({ status: "ready" });
    const table = await polytab(page).table("train_rows");
    expect(table).toHaveLength(rows);
    expect(table.slice(0, 3).map((row) => row.name)).toEqual(names);
  });
});

test("a pair stands face to face, what differs marked", async ({ page }) => {
  const grid = await openRows(page, "web-features");
  await expect(count(page)).toHaveText("1,871 pairs");
  await search(page).fill("spelling");
  await expect(count(page)).toHaveText(/^\d+ of 1,871 pairs$/);
  await shown(page, "left_title", 1);
  await grid.locator("[data-row='0'] [data-column='1']").click();
  await expect(panel(page)).toContainText(/no match|match/);
  await expect(panel(page)).toContainText(/\d of 7 fields differ/);
  const field = (name: string) => panel(page).getByRole("region", { name, exact: true });
  const marks = field("description").locator("mark");
  await expect.poll(() => marks.count()).toBeGreaterThan(1);
  const [left, right] = await field("chrome").locator(".pair-values > div").allTextContents();
  const delta = Number(right.replace("right: ", "")) - Number(left.replace("left: ", ""));
  await expect(field("chrome")).toContainText(`${delta > 0 ? "+" : "−"}${Math.abs(delta)}`);
});

test("tens of thousands of pairs with two pictures each are sorted and paged", async ({ page }, info) => {
  test.setTimeout(150_000);
  const grid = await openRows(page, "icon-styles");
  await expect(count(page)).toHaveText("37,801 pairs");
  // Profiles are being computed in the same engine: they are not what is measured here.
  await page.waitForTimeout(3000);
  const heading = grid.getByRole("columnheader", { name: "left_title" });
  const sorting = Date.now();
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  const titles = await shown(page, "left_title", 5);
  info.annotations.push({ type: "from the click to sorted rows, ms", description: String(Date.now() - sorting) });
  expect(titles).toEqual([...titles].sort());
  await page.locator(".explorer .grid-scroll").evaluate((node) => node.scrollTo(0, node.scrollHeight / 2));
  const paging = Date.now();
  await expect(page.locator(".explorer .grid-skeleton")).toHaveCount(0);
  info.annotations.push({ type: "to a page in the middle, ms", description: String(Date.now() - paging) });
  const middle = grid.locator("[data-row]").nth(3);
  await middle.locator("[data-column='0']").click();
  await expect(panel(page).locator(".field-picture img")).toHaveCount(2);
  for (const picture of await panel(page).locator(".field-picture img").all())
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32);
});

test("a click on a class shows its rows; what is shown of it is the same everywhere", async ({ page }) => {
  await openRows(page, "emoji-aisle");
  const bar = page.getByRole("button", { name: /^flags: \d+ rows of train/ });
  const rows = Number(/: (\d+) rows of train/.exec((await bar.getAttribute("aria-label")) ?? "")?.[1]);
  await bar.click();
  const chip = page.getByRole("button", { name: "Remove the filter: label is flags" });
  await expect(chip).toBeInViewport();
  await expect(count(page)).toHaveText(`${rows} of 1,148 rows`);
  await page.getByRole("button", { name: /^objects: \d+ rows of train/ }).click();
  await expect(count(page)).not.toHaveText(`${rows} of 1,148 rows`);
  await expect(page.getByRole("button", { name: "Remove the filter: label is objects" })).toBeVisible();
  await page.getByRole("button", { name: "Remove all" }).click();
  await expect(count(page)).toHaveText("1,148 rows");

  await page.goto("#/task/smart-home-variants");
  const match = page.getByRole("button", { name: /^match: \d+ rows of train/ });
  const pairs = Number(/: (\d+) rows of train/.exec((await match.getAttribute("aria-label")) ?? "")?.[1]);
  await match.click();
  await expect(page.getByRole("button", { name: "Remove the filter: match" })).toBeVisible();
  await expect(count(page)).toHaveText(new RegExp(`^${pairs} of [\\d,]+ pairs$`));
});

test.describe("a missing, damaged or mismatching file is a clear fault on the page", () => {
  const samples = "**/samples/smart-home-type/";
  /** Answers with what another file of the folder holds. */
  const as = (file: string) => async (route: Route) => {
    const url = route
      .request()
      .url()
      .replace(/[^/]+$/, file);
    await route.fulfill({ response: await route.fetch({ url }) });
  };
  const changed = (change: (body: Buffer) => Buffer | string) => async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.body()) });
  };
  const gone = (route: Route) => route.fulfill({ status: 404, body: "" });
  const flipped = (body: Buffer): Buffer => {
    const copy = Buffer.from(body);
    copy[copy.length >> 1] ^= 1;
    return copy;
  };
  const manifest = (change: (task: Record<string, unknown>) => unknown) =>
    changed((body) => JSON.stringify(change(JSON.parse(body.toString()))));

  const cases: [what: string, file: string, answer: (route: Route) => Promise<void>, said: RegExp[]][] = [
    [
      "a deleted Parquet file",
      "train.parquet",
      gone,
      [/smart-home-type\/train\.parquet is missing \(the host answers 404\)/],
    ],
    ["one flipped bit", "test.parquet", changed(flipped), [/smart-home-type\/test\.parquet is damaged/]],
    [
      "half a file",
      "train.parquet",
      changed((body) => body.subarray(0, body.length >> 1)),
      [/train\.parquet is damaged/],
    ],
    [
      "another split's file",
      "validation.parquet",
      as("train.parquet"),
      [/validation\.parquet is damaged: .* not what its manifest describes/],
    ],
    [
      "a host's page instead of the manifest",
      "task.json",
      changed(() => "<!doctype html><title>Home</title>"),
      [/task\.json is missing/],
    ],
    ["a manifest cut short", "task.json", changed((body) => body.subarray(0, 900)), [/task\.json is not JSON/]],
    [
      "a manifest of another shape",
      "task.json",
      manifest((task) => ({ ...task, metric: "charm", columns: [{ name: "model", modality: "sound" }] })),
      [/task\.json/, /columns\.0\.modality|metric/],
    ],
    ["no manifest", "task.json", gone, [/task\.json is missing \(the host answers 404\)/]],
    [
      "a manifest of other columns",
      "task.json",
      manifest((task) => {
        const columns = task.columns as { name: string }[];
        columns[0].name = "descriptoin";
        return task;
      }),
      [/train\.parquet has no column "descriptoin", which task\.json describes/, /Did you mean "description"/],
    ],
    [
      "a manifest of another size",
      "task.json",
      manifest((task) => {
        const splits = task.splits as Record<string, { rows: number }>;
        splits.test.rows = 7;
        return task;
      }),
      [/test\.parquet has 1,1\d\d rows, and task\.json says 7/],
    ],
    [
      "a manifest of other files",
      "task.json",
      manifest((task) => {
        const splits = task.splits as Record<string, { sha256: { parquet: string } }>;
        splits.train.sha256.parquet = "0".repeat(64);
        return task;
      }),
      [/train\.parquet is damaged: .* not what its manifest describes/],
    ],
  ];
  for (const [what, file, answer, said] of cases) {
    test(what, async ({ page, watch }) => {
      watch.expectError(/404/);
      await page.route(`${samples}${file}`, answer);
      await page.goto("#/task/smart-home-type");
      const fault = page.locator(".fault").first();
      for (const words of said) await expect(fault).toContainText(words);
      await expect(fault).toContainText(/npm run samples|published|Expected|expected|one of|Did you mean|task\.json/);
      await page.unroute(`${samples}${file}`);
      // The rest of the page, and of the app, is as it was.
      await page.goto("#/task/web-features");
      await expect(page.getByRole("row", { name: /no match/ }).first()).toBeVisible();
    });
  }

  test("the files that the page only links to: licences, croissant, notebook", async ({ page, watch }) => {
    watch.expectError(/404/);
    for (const file of ["croissant.json", "LICENCES.txt", "notebook.md"]) await page.route(`${samples}${file}`, gone);
    await page.goto("#/task/smart-home-type");
    await expect(page.getByRole("grid", { name: "smart-home-type, train" })).toBeVisible();
    await page.getByText("Files", { exact: true }).click();
    const files = page.getByRole("list", { name: "Files of the task" });
    await expect(files.getByRole("listitem")).toHaveCount(10);
    for (const file of ["croissant.json", "LICENCES.txt", "notebook.md"])
      await expect(files).toContainText(`${file} is missing (the host answers 404)`);
    await expect(files.getByRole("listitem").filter({ hasText: "train.parquet" })).toContainText(/3,33\d rows.*kB/);
    await page.getByText("Licence texts", { exact: true }).click();
    await expect(page.locator(".sources > .sources-more").first()).toContainText("LICENCES.txt is missing");
    await page.getByRole("button", { name: "Open the starter notebook" }).click();
    await expect(page.getByText(/notebook\.md is missing/).first()).toBeVisible();
  });
});

test("licences are told in full, source by source", async ({ page }) => {
  await page.goto("#/task/word-sense");
  const sources = page.getByRole("region", { name: "Licence and sources" });
  await expect(sources).toContainText("WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved.");
  await sources.getByText("Licence texts", { exact: true }).click();
  await expect(sources.getByRole("region", { name: "Licence texts" })).toContainText(
    "Permission to use, copy, modify and distribute this software and database",
  );
});
