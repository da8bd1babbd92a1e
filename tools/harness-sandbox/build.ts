import { resolve } from "node:path";
import { build } from "vite";
import { contentSecurity } from "../vite/content-security";
import { sandboxWorker } from "../vite/sandbox-worker";

/** Builds the harness under the app's own policy and plugins; gives back the folder. Each caller names its own. */
export async function buildSandboxHarness(name: string): Promise<string> {
  const outDir = resolve(import.meta.dirname, "../../.cache/harness-sandbox", name);
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: "./",
    logLevel: "warn",
    plugins: [sandboxWorker(), contentSecurity()],
    build: { outDir, emptyOutDir: true, target: "esnext" },
  });
  return outDir;
}
