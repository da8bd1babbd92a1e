import { defineConfig, type PlaywrightTestOptions, type PlaywrightWorkerOptions } from "@playwright/test";
import { FIREFOX, inFirefox } from "./e2e/firefox";
import { chromiumFlags, type FoundChromium, findChromium } from "./tools/chromium";
import { freePort } from "./tools/serve";

/**
 * The journeys run against the built app. The configuration is read again in every worker: what is found out once
 * (the browser, a free port) goes there by the environment.
 */
const firefox = process.env[FIREFOX];
process.env.POLYTAB_E2E ??= JSON.stringify({
  chromium: firefox ? undefined : await findChromium(),
  port: await freePort(),
});
const { chromium, port } = JSON.parse(process.env.POLYTAB_E2E);
const baseURL = `http://127.0.0.1:${port}/`;

/** Whatever a page tries, no host but this machine has a name: a request elsewhere fails, and the fixtures report it. */
const noOtherHost = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";

const inChromium = ({ path, env }: FoundChromium): Partial<PlaywrightWorkerOptions & PlaywrightTestOptions> => ({
  browserName: "chromium",
  launchOptions: { executablePath: path, args: [...chromiumFlags, noOtherHost], env: { ...process.env, ...env } },
});

const desktop = { viewport: { width: 1440, height: 900 } };

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  forbidOnly: !!process.env.CI,
  // By two they are no faster (147 s and 151 s for 26 of them on two cores), and each of them is slower.
  workers: 1,
  timeout: 90_000,
  globalTimeout: (firefox ? 60 : 30) * 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL,
    ...(firefox ? inFirefox(firefox) : inChromium(chromium)),
    // A fresh profile a test would fetch everything anew to keep it; the journeys about that allow it themselves.
    serviceWorkers: "block",
    locale: "en-GB",
    timezoneId: "UTC",
    // Spinners and shimmer are drawn in software here: they would take half a core from what is being measured.
    contextOptions: { reducedMotion: "reduce" },
    // A film of every page costs half as much again as the journeys; CI keeps no files, so there is nothing to trace for.
    trace: process.env.CI || firefox ? "off" : { mode: "retain-on-failure", screenshots: false },
    // In Firefox a picture is itself an error: the style that hides the caret is refused by the policy of the sandbox's frame.
    screenshot: firefox ? "off" : "only-on-failure",
  },
  projects: firefox
    ? [{ name: "firefox", testIgnore: ["phone*.spec.ts", "attacks/**"], use: desktop }]
    : [
        { name: "desktop", testIgnore: "phone*.spec.ts", use: desktop },
        {
          name: "phone",
          testMatch: "phone*.spec.ts",
          use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
        },
      ],
  // The same command as `npm start`: a journey never walks through a build older than its sources.
  webServer: { command: `npm start -- --port ${port}`, url: baseURL, timeout: 5 * 60_000, stdout: "ignore" },
});
