import { expect, fileArgument, polytab, test } from "./fixtures";

/** The watch over every page is what the other journeys lean on. Each of these does one forbidden thing, and has to fail. */
test.describe("a test fails on", () => {
  test.fail();

  test("a request to another host", async ({ page }) => {
    await page.goto("");
    await page.evaluate(async () => {
      new Image().src = "http://127.0.0.1:1/pixel.png";
      await new Promise((done) => setTimeout(done, 300));
    });
  });

  test("an error that nobody caught", async ({ page }) => {
    await page.goto("");
    await page.evaluate(async () => {
      setTimeout(() => {
        throw new Error("thrown by the test");
      });
      await new Promise((done) => setTimeout(done, 100));
    });
  });

  test("a console error on a visitor's page", async ({ visitor }) => {
    const page = await visitor();
    await page.goto("");
    await page.evaluate(() => console.error("said by the test"));
  });
});

test("what a test expects does not fail it", async ({ page, watch }) => {
  watch.expectError(/said by the test/);
  await page.goto("");
  await page.evaluate(() => console.error("said by the test"));
});

test("a call of window.polytab carries files over, and brings rejections back", async ({ page }) => {
  await page.goto("");
  await page.evaluate(() => {
    const stand = {
      importTask: async (files: { train: File }) => `${files.train.name}: ${await files.train.text()}`,
      openTask: (id: string) => Promise.reject(new Error(`no task "${id}"`)),
    };
    Object.defineProperty(window, "polytab", { value: stand, configurable: true });
  });
  const files = { train: fileArgument("rows.csv", Buffer.from("é,1")) };
  expect(await polytab(page).importTask(files, { title: "t", track: "matching", label: "label" })).toBe(
    "rows.csv: é,1",
  );
  await expect(polytab(page).openTask("nowhere")).rejects.toThrow('no task "nowhere"');
});
