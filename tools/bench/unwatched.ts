import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../src/base";
import { chromiumFlags } from "../chromium";
import { root } from "../command";
import { serveFolder } from "../serve";
import type { FoundChromium } from "./tab";

const PATIENCE_MS = 60_000;

/** The page of the app, in a frame of the page that visits it. */
export interface OpenedPage {
  page: Window & typeof globalThis;
  /** ms since its navigation began. */
  at(): number;
  /** Looks once a frame until there is something. */
  found<T>(look: (page: Window & typeof globalThis) => T | null | undefined | false): Promise<T>;
}

/** Opens a page of the app by its address, in the place of the one before. */
export type OpenPage = (address: string) => Promise<OpenedPage>;

/**
 * A visit to the built app in a fresh profile of a browser that no program watches: for a debugger the engine reads scripts
 * again for the places in them, and a page under Playwright took half a second more. The app is in a frame of a page that
 * clicks and takes the times, so its process is up already. `visit` runs there: it knows nothing of its module, only `given`.
 * `empty.html` is the app's page without its code.
 */
export async function unwatched<G, R extends object>(
  found: FoundChromium,
  visit: (open: OpenPage, given: G) => Promise<R>,
  given: G,
): Promise<R> {
  const folder = mkdtempSync(join(tmpdir(), "polytab-visit-"));
  const profile = mkdtempSync(join(tmpdir(), "polytab-profile-"));
  const dist = join(root, "dist");
  for (const name of readdirSync(dist)) symlinkSync(join(dist, name), join(folder, name));
  const start = readFileSync(join(dist, "index.html"), "utf8");
  writeFileSync(join(folder, "empty.html"), start.replace(/<script.*?<\/script>|<link rel="modulepreload".*?>/gs, ""));
  const told = openEar();
  const address = `http://127.0.0.1:${await told.port}/`;
  const script = `globalThis.__name = (named) => named; (${visitAndTell})(${visit}, ${openInFrame}, ${JSON.stringify({ address, given })})`;
  writeFileSync(join(folder, "visit.html"), `<!doctype html><body style="margin:0"><script>${script}</script>`);
  const served = await serveFolder({ folder, isolated: true });
  const browser = spawn(
    found.path,
    [
      ...chromiumFlags,
      "--headless=new",
      "--force-prefers-reduced-motion",
      "--window-size=1440,900",
      `--user-data-dir=${profile}`,
      `${served.url}visit.html`,
    ],
    { stdio: "ignore", env: { ...process.env, ...found.env } },
  );
  const ended = new Promise((done) => browser.once("exit", done));
  try {
    const said = JSON.parse(await told.first);
    if ("failed" in said) throw new Fault("bench", `The visit did not end: ${said.failed}`);
    return said;
  } finally {
    browser.kill();
    await ended;
    await served.close();
    told.close();
    rmSync(folder, { recursive: true });
    await remove(profile);
  }
}

/** The browser's other processes write into the profile a while longer. */
async function remove(profile: string): Promise<void> {
  for (let tries = 50; ; tries--) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((late) => setTimeout(late, 100));
    }
  }
}

/** Hears the first thing that is posted to it. */
function openEar(): { port: Promise<number>; first: Promise<string>; close(): void } {
  let hear: (text: string) => void;
  const first = Promise.race([
    new Promise<string>((done) => {
      hear = done;
    }),
    new Promise<string>((done) => setTimeout(done, PATIENCE_MS, '{"failed":"no word of it"}').unref()),
  ]);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.writeHead(204, { "Cross-Origin-Resource-Policy": "cross-origin" }).end();
    hear(Buffer.concat(chunks).toString());
  });
  const port = new Promise<number>((done) =>
    server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port)),
  );
  return {
    port,
    first,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Runs in the page around, as do the next: they know nothing of this module. */
async function visitAndTell<G>(
  visit: (open: OpenPage, given: G) => Promise<object>,
  open: OpenPage,
  { address, given }: { address: string; given: G },
): Promise<void> {
  const said = await visit(open, given).catch((error: unknown) => ({ failed: String(error) }));
  await fetch(address, { method: "POST", mode: "no-cors", body: JSON.stringify(said) });
}

async function openInFrame(address: string): Promise<OpenedPage> {
  const next = (): Promise<unknown> => new Promise(requestAnimationFrame);
  document.querySelector("iframe")?.remove();
  for (let quiet = 0; quiet < 60; quiet++) await next(); // what the browser itself begins with is not the page's
  const frame = document.createElement("iframe");
  frame.style.cssText = "width: 1440px; height: 900px; border: 0";
  frame.src = address;
  document.body.append(frame);
  return {
    page: frame.contentWindow as Window & typeof globalThis,
    at: () => frame.contentWindow?.performance.now() ?? 0,
    found: async (look) => {
      for (;;) {
        const what = frame.contentDocument && look(frame.contentWindow as Window & typeof globalThis);
        if (what) return what;
        await next();
      }
    },
  };
}
