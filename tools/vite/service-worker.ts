import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { groupOf } from "../../src/offline/plan.ts";
import type { SiteFile, SiteFiles } from "../../src/offline/protocol.ts";
import { filesUnder } from "../digest.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const ENTRY = join(ROOT, "src/offline/worker.ts");
/** In index.html: the build that the page is of, which its service worker asks it for. */
const BUILD_MARK = /(<meta name="polytab-build" content=")[^"]*(")/;

/** Writes `sw.js` beside the finished build: the service worker, with the list of all files and their hashes in it. */
export function serviceWorker(): Plugin {
  let outDir: string | undefined;
  return {
    name: "polytab-service-worker",
    apply: "build",
    configResolved(config) {
      // The test harnesses are built by this configuration too, and are no app to keep.
      if (config.root === ROOT) outDir = resolve(ROOT, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: "post",
      handler: async () => {
        if (outDir) await writeServiceWorker(outDir);
      },
    },
  };
}

/** Names the build in the folder's index.html, and writes its service worker. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const page = join(folder, "index.html");
  const html = readFileSync(page, "utf8");
  if (!BUILD_MARK.test(html)) throw new Error("index.html has no polytab-build for the service worker to ask for");
  writeFileSync(page, html.replace(BUILD_MARK, "$1$2"));
  const name = nameOf(siteFiles(folder));
  writeFileSync(page, html.replace(BUILD_MARK, `$1${name}$2`));
  const site: SiteFiles = { build: name, files: siteFiles(folder) };
  writeFileSync(join(folder, "sw.js"), await bundle(site));
}

function siteFiles(folder: string): SiteFile[] {
  return filesUnder(folder, ".").flatMap((found): SiteFile[] => {
    const path = found.replace(/^\.\//, "");
    const bytes = readFileSync(join(folder, path));
    const group = groupOf(path, bytes.length);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return group ? [{ path, bytes: bytes.length, sha256, group }] : [];
  });
}

function nameOf(files: readonly SiteFile[]): string {
  const text = files.map(({ path, sha256 }) => `${path} ${sha256}`).join("\n");
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

async function bundle(site: SiteFiles): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: "warn",
    define: { __SITE_FILES__: JSON.stringify(site) },
    build: {
      write: false,
      target: "esnext",
      modulePreload: false,
      copyPublicDir: false,
      rolldownOptions: { input: ENTRY, output: { format: "iife", codeSplitting: false, entryFileNames: "sw.js" } },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = built.output.filter((item) => item.type === "chunk");
  if (chunks.length !== 1) throw new Error(`The service worker must be one chunk, and is ${chunks.length}`);
  return chunks[0].code;
}
