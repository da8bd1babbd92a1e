import type { Page } from "@playwright/test";
import { expect, polytab, test } from "./fixtures";

/** A column's card on the task page. */
const card = (page: Page, column: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name: column, exact: true }) });

/** How many rows of train a bar says that it stands for. */
const rowsSaid = (label: string | null): number =>
  Number(/ of train \(([\d,]+) rows?\)/.exec(label ?? "")?.[1].replaceAll(",", ""));

async function openTask(page: Page, task: string): Promise<void> {
  await page.goto(`#/task/${task}`);
  await expect(page.locator(".profile[data-ready]").first()).toBeVisible({ timeout: 60_000 });
}

/** Notes, in the page's own clock, when the first profile stood, when the rows were there, all profiles, all scores. */
async function watchTimes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const times: Record<string, number> = {};
    Reflect.set(window, "profileTimes", times);
    new MutationObserver(() => {
      const all = document.querySelectorAll(".profile").length;
      const ready = document.querySelectorAll(".profile[data-ready]").length;
      if (document.querySelector("[aria-labelledby=rows] [role=grid]")) times.rows ??= performance.now();
      if (ready > 0) times.first ??= performance.now();
      if (all > 0 && ready === all) times.all ??= performance.now();
      if (document.querySelector(".profiles-list[aria-busy=false]")) times.scored ??= performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        if (times.rows !== undefined && startTime > times.rows) times.longest = Math.max(times.longest ?? 0, duration);
    }).observe({ type: "longtask" });
  });
}

test("a task's columns are profiled, filtered by a click, and put into the notebook as the same numbers", async ({
  page,
}) => {
  await openTask(page, "emoji-aisle");

  await test.step("every column has its drawing and figures", async () => {
    const columns = page.getByRole("region", { name: "Columns" });
    await expect(columns.getByRole("heading", { level: 3 })).toHaveText([
      "name",
      "vendor",
      "skin",
      "presentation",
      "unicode_version",
      "codepoints",
      "colours",
      "paths",
      "svg_bytes",
      "image",
    ]);
    await expect(page.locator(".profile[data-ready]")).toHaveCount(10);
    await expect(
      card(page, "name").getByRole("group", { name: /length of name in train: from 2 to \d+/ }),
    ).toBeVisible();
    const image = card(page, "image");
    await image.scrollIntoViewIfNeeded();
    await expect(image.locator("img").first()).toBeVisible();
    await expect(image.getByText("32 × 32")).toBeVisible();
  });

  await test.step("what each gives alone is scored, and orders them on demand", async () => {
    await expect(
      card(page, "name").getByRole("img", { name: /by this column alone, where guessing reaches 0.11/ }),
    ).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.locator(".profiles-list")).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
    await page.getByRole("button", { name: "Strongest first" }).click();
    const scores = (await page.locator(".profile .strength b").allTextContents()).map(Number);
    expect(scores).toHaveLength(10);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    await page.getByRole("button", { name: "Strongest first" }).click();
  });

  await test.step("by class: the classes have a legend, the bars tell their classes", async () => {
    await page.getByRole("button", { name: "By class" }).click();
    await expect(page.getByRole("list", { name: "Classes of train by colour" })).toContainText("people-body");
    await card(page, "skin").scrollIntoViewIfNeeded();
    await expect(card(page, "skin").locator(".values-stack").first()).toBeVisible();
    await expect(card(page, "skin").getByRole("button", { name: /^toned/ })).toHaveAttribute(
      "title",
      /people-body 9\d %|people-body 100 %/,
    );
    await page.getByRole("button", { name: "By class" }).click();
  });

  await test.step("a bar filters the rows to those that it counts", async () => {
    const bar = card(page, "vendor").getByRole("button", { name: /^noto:/ });
    const rows = rowsSaid(await bar.getAttribute("aria-label"));
    expect(rows).toBeGreaterThan(100);
    await bar.click();
    const section = page.getByRole("region", { name: "Rows", exact: true });
    await expect(section.getByRole("button", { name: "Remove the filter: vendor is noto" })).toBeInViewport();
    await expect(section.getByRole("grid")).toHaveAttribute("aria-rowcount", new RegExp(`^(${rows}|${rows + 1})$`));
    await section.getByRole("button", { name: "Remove the filter: vendor is noto" }).click();
  });

  await test.step("the keyboard reaches a bar of a histogram and filters by it", async () => {
    const field = card(page, "paths").getByRole("group", { name: /^paths in train/ });
    const bars = field.getByRole("button");
    await bars.first().focus();
    await page.keyboard.press("ArrowRight");
    await expect(bars.nth(1)).toBeFocused();
    await expect(bars.first()).toHaveAttribute("tabindex", "-1");
    const label = await bars.nth(1).getAttribute("aria-label");
    await expect(card(page, "paths").locator(".bins-axis")).toContainText(`${rowsSaid(label)} rows`);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: /Remove the filter: paths / })).toBeVisible();
  });

  await test.step("a profile becomes cells that give the numbers it shows", async () => {
    const vendor = card(page, "vendor");
    await vendor.getByRole("button", { name: "vendor in full" }).click();
    const bars = vendor
      .getByRole("group", { name: /^vendor:/ })
      .last()
      .getByRole("button");
    const seen = await bars.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label") ?? ""));
    expect(seen).toHaveLength(3);
    await vendor.getByRole("button", { name: "Put into the notebook" }).first().click();
    await expect(page.getByRole("region", { name: "sql cell vendor_values", exact: false })).toBeVisible();
    const reports = await polytab(page).run();
    expect(reports.map(({ name, kind, status }) => [name, kind, status])).toEqual([
      ["vendor_values", "sql", "ready"],
      ["vendor_values_chart", "chart", "ready"],
    ]);
    const rows = await polytab(page).table("vendor_values");
    expect(rows.map((row) => [row.vendor, row.train])).toEqual(
      seen.map((label) => [label.split(":")[0], rowsSaid(label)]),
    );
  });
});

test("every view of the task's page becomes cells that run, with the numbers that it showed", async ({ page }) => {
  test.setTimeout(240_000);
  const task = "emoji-aisle";
  /** From the page, in which `column` is open, to the cells that the click has made. */
  const put = async (button: (page: Page) => ReturnType<Page["locator"]>, column?: string): Promise<void> => {
    await openTask(page, task);
    if (column)
      await card(page, column)
        .getByRole("button", { name: `${column} in full` })
        .click();
    await button(page).click();
    await expect(page).toHaveURL(/#\/notebook\//);
  };
  const part = (name: string) => (at: Page) => at.getByRole("region", { name });
  const into = "Put into the notebook";

  await put((at) => at.getByRole("button", { name: "Put the splits into the notebook" }));
  await put((at) => at.getByRole("region", { name: "Classes in train" }).getByRole("button", { name: into }));
  await put((at) => part("Texts of name")(at).getByRole("button", { name: into }), "name");
  await put((at) => at.getByRole("button", { name: "Put these examples into the notebook" }), "name");
  await put((at) => part("Length of name")(at).getByRole("button", { name: "Put these numbers into" }), "name");
  await put((at) => part("Pictures of image")(at).getByRole("button", { name: into }), "image");
  await put((at) => at.getByRole("button", { name: "Put the mean colours into the notebook" }), "image");
  await put((at) => at.getByRole("button", { name: "Put these pictures into the notebook" }), "image");

  await test.step("what a column gives alone, all of them beside each other", async () => {
    await openTask(page, task);
    await expect(page.locator(".profiles-list")).toHaveAttribute("aria-busy", "false", { timeout: 60_000 });
    await page.getByRole("button", { name: "Strongest first" }).click();
    await page.getByRole("button", { name: "Put the strengths into the notebook" }).click();
    await expect(page).toHaveURL(/#\/notebook\//);
  });

  await test.step("a row in full", async () => {
    await openTask(page, task);
    const grid = page.getByRole("grid", { name: `${task}, train` });
    await grid.locator("[data-row='0'] [data-column='1']").click();
    await page.getByRole("button", { name: "Put this row into the notebook" }).click();
    await expect(page).toHaveURL(/#\/notebook\//);
  });

  const reports = await polytab(page).run();
  expect(reports.map(({ name, kind, status, fault }) => [name, kind, fault?.message ?? status])).toEqual([
    ["splits", "sql", "ready"],
    ["splits_chart", "chart", "ready"],
    ["class_balance", "sql", "ready"],
    ["class_balance_chart", "chart", "ready"],
    ["name_texts", "sql", "ready"],
    ["name_examples", "sql", "ready"],
    ["name_length_summary", "sql", "ready"],
    ["image_pictures", "sql", "ready"],
    ["image_sample", "sql", "ready"],
    ["image_sample_colours", "ts", "ready"],
    ["image_sample_2", "sql", "ready"],
    ["strengths", "sql", "ready"],
    ["strengths_chart", "chart", "ready"],
    ["train_row", "sql", "ready"],
  ]);
  const table = (name: string) => polytab(page).table(name, { limit: 500 });
  expect(await table("splits")).toEqual([
    { split: "train", n: 1148 },
    { split: "validation", n: 383 },
    { split: "test", n: 383 },
  ]);
  expect((await table("class_balance"))[0]).toMatchObject({ label: "people-body", train: 232 });
  expect((await table("name_texts"))[0]).toMatchObject({ split: "train", rows: 1148, missing: 0, different: 1148 });
  expect((await table("image_pictures"))[0]).toMatchObject({ rows: 1148, png: 1148, unknown: 0 });
  const colours = await table("image_sample_colours");
  expect(colours).toHaveLength((await table("image_sample")).length);
  for (const { red, covered } of colours) {
    expect(Number(red)).toBeLessThanOrEqual(255);
    expect(Number(covered)).toBeGreaterThan(0);
  }
  expect(await table("image_sample_2")).toHaveLength(48);
  expect(await table("strengths")).toHaveLength(10);
  expect(await table("train_row")).toHaveLength(1);
});

test("by class: texts and pictures have their facts a class, and pictures stand a row a class", async ({ page }) => {
  await openTask(page, "emoji-aisle");
  await page.getByRole("button", { name: "By class" }).click();
  await card(page, "name").getByRole("button", { name: "name in full" }).click();
  const texts = page.getByRole("region", { name: "Texts of name" });
  await expect(texts.getByRole("columnheader", { name: "people-body" })).toBeVisible();
  await expect(texts.getByRole("row", { name: /^rows/ })).toContainText("232");
  await card(page, "image").getByRole("button", { name: "image in full" }).click();
  const pictures = page.getByRole("region", { name: "Pictures of image" });
  await pictures.scrollIntoViewIfNeeded();
  await expect(pictures.getByRole("list", { name: "Pictures of train by class" }).locator("> li")).toHaveCount(9);
  await expect(pictures.getByRole("row", { name: /^PNG/ })).toContainText("232");
  await page.getByRole("button", { name: "By class" }).click();
  await expect(texts.getByRole("row", { name: /^only ASCII/ })).toContainText("97 %");
  await expect(texts.getByRole("row", { name: /Latin letters beyond ASCII/ })).toBeVisible();
});

test("pairs: both sides are profiled together and compared by the label", async ({ page }) => {
  await openTask(page, "web-features");
  const title = card(page, "title");
  await expect(title.getByRole("group", { name: "Both sides of title, by the label" })).toBeVisible();
  const equal = title.getByRole("button", { name: /^match: equal in [\d,]+ pairs/ });
  const different = title.getByRole("button", { name: /^match: different in [\d,]+ pairs/ });
  const pairs = async (bar: typeof equal) =>
    Number(/in ([\d,]+) pairs/.exec((await bar.getAttribute("aria-label")) ?? "")?.[1].replaceAll(",", ""));
  const others = title.getByRole("button", { name: /^no match: equal in [\d,]+ pairs/ });
  const count = (await pairs(equal)) + ((await others.count()) > 0 ? await pairs(others) : 0);
  expect(await pairs(different)).toBeGreaterThan(0);
  await equal.click();
  await expect(page.getByRole("button", { name: "Remove the filter: title is equal" })).toBeVisible();
  await expect(page.getByRole("grid").first()).toHaveAttribute(
    "aria-rowcount",
    new RegExp(`^(${count}|${count + 1})$`),
  );
});

test("a hundred thousand rows are profiled in seconds while the page stays awake", async ({ page }, info) => {
  test.setTimeout(180_000);
  await watchTimes(page);
  await openTask(page, "word-sense");
  await expect(page.locator(".profiles-list")).toHaveAttribute("aria-busy", "false", { timeout: 120_000 });
  await expect(page.locator(".profile[data-ready]")).toHaveCount(13);
  const times = await page.evaluate(() => Reflect.get(window, "profileTimes") as Record<string, number>);
  for (const name of ["first", "all", "scored"] as const)
    info.annotations.push({ type: `${name} after the rows, ms`, description: (times[name] - times.rows).toFixed(0) });
  info.annotations.push({ type: "longest task of the page, ms", description: (times.longest ?? 0).toFixed(0) });
  // The aims are 1 s and 5 s on a quiet machine. Asserted is what a busy one with two cores must still keep.
  expect(times.first, "the first profile stands before the rows").toBeLessThan(times.rows);
  expect(times.all - times.rows).toBeLessThan(30_000);
  expect(times.longest ?? 0).toBeLessThan(1_000);
  await expect(card(page, "definition")).toContainText("alone");
});

test("on a phone no task's page is wider than the screen, with every column in full", async ({ page }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("");
  for (const { id } of await polytab(page).tasks()) {
    await openTask(page, id);
    for (const more of await page.locator(".profile-more").all()) await more.click();
    await page.getByRole("button", { name: "By class" }).click();
    const wide = await page.evaluate(() =>
      [document.documentElement, document.querySelector(".page")].map((each) =>
        each ? each.scrollWidth - each.clientWidth : Number.NaN,
      ),
    );
    expect(wide, id).toEqual([0, 0]);
  }
});

test("on a phone nothing is cut off, in light and in dark, and the task says how it is cited", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openTask(page, "emoji-languages");
  await expect(page.locator(".profile[data-ready]")).toHaveCount(8, { timeout: 60_000 });
  await card(page, "title").getByRole("button", { name: "title in full" }).click();
  await expect(card(page, "title").getByText("with Latin letters beyond ASCII")).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const wide = await page
      .locator(".page")
      .evaluate((element) => [
        element.scrollWidth - element.clientWidth,
        document.body.scrollWidth - window.innerWidth,
      ]);
    expect(wide.every((pixels) => pixels <= 0)).toBe(true);
  }
  const cite = page.locator(".cite");
  await cite.scrollIntoViewIfNeeded();
  await expect(cite).toContainText(
    "names and keywords from Unicode CLDR (MIT AND Unicode-3.0, https://github.com/milesj/emojibase)",
  );
  await expect(cite).toContainText("emoji-languages");
  await expect(cite.getByRole("button", { name: "Copy" })).toBeVisible();
});
