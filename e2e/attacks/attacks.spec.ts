import { CODE, LEAVING, PROSE, RESULTS, SQL, WITHOUT_CONTROL } from "./attempts";
import { BARE_PAGE, codeControl, followLinks, runModule, silentCode, silentTexts, textsControl } from "./controls";
import { FORGERY, pageAround, UNANSWERED } from "./forgery";
import { agree, browserOf, expect, expectWhole, polytab, test } from "./journey";
import { attackNotebook, linkOf } from "./notebook";
import { type Outcomes, record } from "./record";

test("a stranger's link: nothing runs before the click, and after it nothing gets out", async ({
  page,
  listener,
  baseURL,
}) => {
  const answered: string[] = [];
  page.on("response", (response) => answered.push(response.url()));
  await page.goto(linkOf(attackNotebook(listener.url, `${baseURL}index.html`)));
  await expect(page.getByText("Nothing has run")).toBeVisible();

  await test.step("before the click all code is there to read, and no engine, worker or frame", async () => {
    await expect(page.getByRole("region", { name: / cell code$/ })).toContainText("scope.fetch(url)");
    expect(new Set((await polytab(page).cells()).map(({ status }) => status))).toEqual(new Set(["idle"]));
    await page.waitForTimeout(500); // what was to begin by itself would have
    expect(page.workers().length).toBe(0);
    expect(await page.locator("iframe").count()).toBe(0);
    expect(answered.filter((url) => /\.(parquet|onnx|wasm)$|sandbox-worker/.test(url))).toEqual([]);
    expect(listener.heard).toEqual([]);
    // DNS prefetch: a headless Chromium looks no name up ahead, so what is held against it is what the page says.
    await expect(page.locator('meta[http-equiv="x-dns-prefetch-control"][content="off"]')).toHaveCount(1);
    await expect(page.locator('link[rel~="dns-prefetch"], link[rel~="preconnect"]')).toHaveCount(0);
  });

  await test.step("after the click every cell ends", async () => {
    await agree(page);
    await expect
      .poll(async () => (await polytab(page).cells()).filter(({ status }) => /idle|running/.test(status)).length, {
        timeout: 60_000,
      })
      .toBe(0);
  });
  const outcomes = new Map(
    (await polytab(page).cells()).map(({ name, status, fault }) => [name, fault?.code ?? status]),
  );
  const ended = (prefix: string, names: readonly string[]): Outcomes =>
    Object.fromEntries(names.map((name, index) => [name, outcomes.get(`${prefix}_${index}`) ?? "not there"]));
  const expected = (attempts: Record<string, { ends: string }>): Outcomes =>
    Object.fromEntries(Object.entries(attempts).map(([name, { ends }]) => [name, ends]));
  const said = await polytab(page).table("code");
  const refused = Object.fromEntries(said.map(({ name, outcome }) => [name, String(outcome)]));
  expect(Object.keys(refused)).toEqual(Object.keys({ ...CODE, ...LEAVING }));
  expect(Object.entries(refused).filter(([, outcome]) => outcome === "IT WORKED")).toEqual([]);
  expect(ended("sql", Object.keys(SQL))).toEqual(expected(SQL));
  expect(ended("result", Object.keys(RESULTS))).toEqual(expected(RESULTS));
  await expectWhole(page);
  expect(listener.heard).toEqual([]);
  record("chromium", browserOf(page), "Code of a cell", refused);
  record("chromium", browserOf(page), "SQL", ended("sql", Object.keys(SQL)));
  record("chromium", browserOf(page), "Results", ended("result", Object.keys(RESULTS)));
  record(
    "chromium",
    browserOf(page),
    "Text of a notebook",
    Object.fromEntries(Object.keys(PROSE).map((name) => [name, "nothing ran, nothing was asked for"])),
  );
});

test("the same attempts are heard where nothing holds them", async ({ visitor, listener, watch }) => {
  watch.expectError(/./);
  const page = await visitor();
  listener.page = BARE_PAGE;
  await test.step("code", async () => {
    await page.goto(`${listener.url}page`);
    const tried = await page.evaluate(runModule, codeControl(listener));
    expect(silentCode(tried, listener)).toEqual(WITHOUT_CONTROL);
    expect(listener.heard).toContain("udp");
  });

  for (const [name, code] of Object.entries(LEAVING))
    await test.step(name, async () => {
      const leaving = await page.context().newPage(); // not closed: a page that is leaving takes its time
      await leaving.goto(`${listener.url}page`);
      await leaving.evaluate(
        `{ const scope = globalThis, url = "${listener.url}leaving?${encodeURIComponent(name)}"; setTimeout(() => { ${code} }); }`,
      );
      await expect.poll(() => listener.heard).toContain(`/leaving?${encodeURIComponent(name)}`);
    });

  await test.step("texts", async () => {
    listener.page = textsControl(listener);
    await page.goto(`${listener.url}page?prose`);
    const silent = async (): Promise<string[]> => silentTexts(await page.evaluate(followLinks), listener);
    await expect.poll(silent).toEqual([]);
  });
});

test("messages forged by a page around the app are heard by nobody", async ({
  visitor,
  listener,
  plainHost,
  watch,
}) => {
  watch.expectError(/./);
  listener.page = pageAround(plainHost.url);
  const page = await visitor();
  await page.goto(`${listener.url}page`);
  const app = page.frameLocator("#app");
  await expect(app.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  const answers = await page.evaluate(FORGERY);
  expect(answers).toEqual(UNANSWERED);
  await expect(app.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  await expect(app.getByRole("dialog")).toHaveCount(0);
  record("chromium", browserOf(page), "Around the page", {
    "DNS prefetch": "the page forbids it",
    "messages forged from a page around the app": "no answer",
  });
});
