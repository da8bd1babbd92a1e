import { type Browser, test as base } from "@playwright/test";
import { teach } from "./firefox";

/** Playwright's `test` in the browser that the configuration names: every other `test` here extends it. */
export const test = base.extend<object, { browser: Browser }>({
  browser: [
    async ({ browser, browserName }, use) => {
      if (browserName === "firefox") teach(browser);
      await use(browser);
    },
    { scope: "worker" },
  ],
});

/** Leaves the test (or, in a hook, those that it is for) out where the browser is not Chromium, and says why. */
export function needsChromium(why: string): void {
  test.skip(test.info().project.use.browserName !== "chromium", why);
}
