import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { build } from "vite";
import { type Served, serveFolder } from "../../tools/serve";
import { contentSecurityPolicy } from "../../tools/vite/content-security";
import { test as base, needsChromium, softwareGpu } from "../browser";

export { expect };

export const root = join(import.meta.dirname, "../..");

interface Hosts {
  /** Sends the headers of cross-origin isolation. */
  isolated: Served;
  /** As most static hosts: a sub-path, no such headers. */
  plain: Served;
}

interface EachTest {
  /** Console errors that belong to the test. */
  expected: RegExp[];
  /** The harness page, open on one of the hosts. Another console error, or a request to another host, fails the test. */
  open: (host: keyof Hosts) => Promise<Page>;
}

/** Playwright's `test` with the engines of a production build, without the app around them. */
export const test = base.extend<EachTest, { hosts: Hosts }>({
  hosts: [
    // Playwright insists on a destructured first argument, Biome on a pattern that is not empty.
    async ({ browserName: _ }, use, worker) => {
      const folder = join(root, ".cache/harness", String(worker.parallelIndex));
      const configFile = join(root, "tools/harness/vite.config.ts");
      await build({ configFile, logLevel: "error", build: { outDir: folder } });
      const isolated = await serveFolder({ folder, isolated: true });
      const plain = await serveFolder({ folder, isolated: false, base: "/some/path/" });
      await use({ isolated, plain });
      await isolated.close();
      await plain.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  expected: [[], { option: true }],

  open: async ({ context, hosts, expected }, use) => {
    const surprises: string[] = [];
    const origins = new Set([hosts.isolated, hosts.plain].map(({ url }) => new URL(url).origin));
    context.on("console", (message) => {
      if (message.type() === "error") surprises.push(`console error: ${message.text()}`);
    });
    context.on("weberror", (error) => surprises.push(`page error: ${error.error().stack ?? error.error()}`));
    context.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith("http") && !origins.has(origin)) surprises.push(`request to ${request.url()}`);
    });
    // A host may send the policy as a header too; unlike the page's own element, that binds the workers.
    await context.route("**/*.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), "content-security-policy": contentSecurityPolicy() },
      });
    });
    await use(async (host) => {
      const page = await context.newPage();
      await page.goto(hosts[host].url);
      await page.waitForFunction(() => "harness" in window);
      return page;
    });
    const unexpected = surprises.filter((line) => !expected.some((pattern) => pattern.test(line)));
    expect(unexpected, "what the page did that no test expects").toEqual([]);
  },
});

/** Bytes on their way into the page. */
export function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** For all tests of a file. */
export function onSoftwareGpu(): void {
  test.beforeEach(() => needsChromium("the GPU of software is Chromium's; Firefox has none on this machine"));
  test.use(softwareGpu);
}
