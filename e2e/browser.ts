import { type Browser, test as base, type LaunchOptions } from "@playwright/test";
import { webgpuFlags } from "../tools/chromium";
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

/** For `test.use` of a whole file: a GPU of software, which says whether things work, not how fast a real one is. */
export const softwareGpu = {
  launchOptions: [
    async ({ launchOptions }: { launchOptions: LaunchOptions }, use: (options: LaunchOptions) => Promise<void>) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...webgpuFlags] });
    },
    { scope: "worker" },
  ],
} satisfies Parameters<typeof test.use>[0];
