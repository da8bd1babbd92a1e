import { join } from "node:path";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { type Served, serveFolder } from "../tools/serve";
import { test as base } from "./browser";

export { needsChromium, softwareGpu } from "./browser";
export { fileArgument, polytab } from "./polytab";
export { expect };

/** What a page must not do unless the test expects it, gathered while the test runs. */
export class Watch {
  /** Every URL that was asked for, in order, `data:` and `blob:` left out. */
  readonly requests: string[] = [];
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(private readonly origins: Set<string>) {}

  /** This test asks this host too. */
  allow(url: string): void {
    this.origins.add(new URL(url).origin);
  }

  /** Console errors and page errors that match are part of this test. */
  expectError(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** What was found and not expected. */
  get surprises(): string[] {
    return this.found.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
  }

  follow(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      const { url, lineNumber } = message.location();
      this.found.push(`console error: ${message.text()} (${url}:${lineNumber})`);
    });
    context.on("weberror", (error) => this.found.push(`page error: ${error.error().stack ?? error.error()}`));
    context.on("request", (request) => this.see(request.url()));
    context.on("page", (page) => this.followPage(page));
    for (const page of context.pages()) this.followPage(page);
  }

  private followPage(page: Page): void {
    page.on("websocket", (socket) => this.see(socket.url()));
    page.on("crash", () => this.found.push(`the page crashed: ${page.url()}`));
  }

  private see(address: string): void {
    const { protocol, origin } = new URL(address);
    if (["data:", "blob:", "about:"].includes(protocol)) return;
    this.requests.push(address);
    if (!this.origins.has(origin)) this.found.push(`request to another host: ${address}`);
  }
}

interface EachTest {
  watch: Watch;
  /** A page in a fresh profile, watched like `page`: another person, another machine. */
  visitor: () => Promise<Page>;
}

interface EachWorker {
  /** The built app as most static hosts serve it: under a sub-path, without the headers of cross-origin isolation. */
  plainHost: Served;
}

/**
 * Playwright's `test`, with every page watched: a console error, an uncaught error, a crash or a request to another host
 * fails the test, unless it says `watch.expectError(/…/)`.
 */
export const test = base.extend<EachTest, EachWorker>({
  plainHost: [
    // Playwright insists on a destructured first argument, Biome on a pattern that is not empty.
    async ({ browserName: _ }, use) => {
      const served = await serveFolder({
        folder: join(import.meta.dirname, "../dist"),
        base: "/some/path/",
        isolated: false,
      });
      await use(served);
      await served.close();
    },
    { scope: "worker" },
  ],

  watch: async ({ baseURL, plainHost }, use) => {
    const watch = new Watch(new Set([baseURL!, plainHost.url].map((url) => new URL(url).origin)));
    await use(watch);
    expect(watch.surprises, "what the pages did that no test expects").toEqual([]);
  },

  context: async ({ context, watch }, use) => {
    watch.follow(context);
    await use(context);
  },

  visitor: async ({ browser, watch, contextOptions, baseURL, viewport }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL, viewport });
      contexts.push(context);
      watch.follow(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});
