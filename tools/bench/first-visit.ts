import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../src/base";
import { encodeLink } from "../../src/share";
import { chromiumFlags } from "../chromium";
import { root } from "../command";
import { serveFolder } from "../serve";
import type { FoundChromium } from "./tab";

/** What a visit took, in ms since its navigation began. */
export interface Visit {
  emptyPaint: number;
  paint: number;
  readable: number;
  queried: number;
  warmReadable: number;
  warmQueried: number;
}

const PATIENCE_MS = 60_000;

/**
 * The first visit by a link to a notebook of one query, and the second one to the reader's own copy of it, in a fresh
 * profile of a browser that no program watches: for a debugger the engine reads scripts again for the places in them, and a
 * page under Playwright took half a second more. The page is in a frame of one that clicks and takes the times, so its
 * process is up already.
 */
export async function firstVisit(found: FoundChromium, notebook: string): Promise<Visit> {
  const folder = mkdtempSync(join(tmpdir(), "polytab-visit-"));
  const profile = mkdtempSync(join(tmpdir(), "polytab-profile-"));
  const dist = join(root, "dist");
  for (const name of readdirSync(dist)) symlinkSync(join(dist, name), join(folder, name));
  const start = readFileSync(join(dist, "index.html"), "utf8");
  writeFileSync(join(folder, "empty.html"), start.replace(/<script.*?<\/script>|<link rel="modulepreload".*?>/gs, ""));
  const told = openEar();
  const address = `http://127.0.0.1:${await told.port}/`;
  const visit = `globalThis.__name = (named) => named; (${visitInFrames})(${JSON.stringify({ address, link: encodeLink({ markdown: notebook }), notebook })})`;
  writeFileSync(join(folder, "visit.html"), `<!doctype html><body style="margin:0"><script>${visit}</script>`);
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
    if ("failed" in said) throw new Fault("bench", `The first visit did not end: ${said.failed}`);
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

/** Runs in the page around: knows nothing of this module. */
async function visitInFrames(given: { address: string; link: string; notebook: string }): Promise<void> {
  const next = (): Promise<unknown> => new Promise(requestAnimationFrame);
  const open = async (address: string) => {
    document.querySelector("iframe")?.remove();
    for (let quiet = 0; quiet < 60; quiet++) await next(); // what the browser itself begins with is not the page's
    const frame = document.createElement("iframe");
    frame.style.cssText = "width: 1440px; height: 900px; border: 0";
    frame.src = address;
    document.body.append(frame);
    const page = frame.contentWindow as Window & typeof globalThis;
    return {
      page,
      at: () => frame.contentWindow?.performance.now() ?? 0,
      found: async <T>(look: (page: Window & typeof globalThis) => T | null | undefined | false): Promise<T> => {
        for (;;) {
          const what = frame.contentDocument && look(frame.contentWindow as Window & typeof globalThis);
          if (what) return what;
          await next();
        }
      },
    };
  };
  type Opened = Awaited<ReturnType<typeof open>>;
  const painted = ({ found }: Opened) =>
    found((page) => page.performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  const readable = ({ found }: Opened) => found((page) => page.document.querySelector('[aria-label$=" cell first"]'));
  const queried = ({ found }: Opened) =>
    found((page) => {
      const [{ status, fault }] = page.polytab.cells();
      if (fault) throw new Error(fault.message);
      return status === "ready";
    });
  const button = (page: Window, name: string) =>
    [...page.document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  const visit = async (): Promise<Visit> => {
    const emptyPaint = await painted(await open("empty.html"));

    const first = await open(`index.html#nb=${given.link}`);
    await readable(first);
    const readableAt = first.at();
    void first.page.polytab.run();
    (await first.found((page) => button(page, "Run the notebook"))).click();
    await queried(first);
    const queriedAt = first.at();
    const paint = await painted(first);

    await first.page.polytab.openNotebook(given.notebook);
    const own = await first.found(({ location }) => location.hash.startsWith("#/notebook/") && location.hash);
    await first.found((page) => page.polytab.cells()[0]?.status === "ready" || void page.polytab.run());
    const again = await open(`index.html${own}`);
    await readable(again);
    const warmReadable = again.at();
    void again.page.polytab.run();
    await queried(again);
    return { emptyPaint, paint, readable: readableAt, queried: queriedAt, warmReadable, warmQueried: again.at() };
  };
  const said = await visit().catch((error: unknown) => ({ failed: String(error) }));
  await fetch(given.address, { method: "POST", mode: "no-cors", body: JSON.stringify(said) });
}
