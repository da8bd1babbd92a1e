import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";

const RESOLVED = "\0virtual:sandbox-worker";
const ENTRY = resolve(dirname(fileURLToPath(import.meta.url)), "../../src/sandbox/worker.ts");

/**
 * Provides `virtual:sandbox-worker`: the text of src/sandbox/worker.ts bundled into one classic script, as the default
 * export of a module. The frame has no address to load from, so the page carries the text and hands it over; import it
 * dynamically and it is a chunk of its own. In dev the text is made again when a file of it changes.
 */
export function sandboxWorker(): Plugin {
  let bundled: Promise<{ text: string; files: string[] }> | undefined;
  let files = new Set<string>();
  return {
    name: "polytab-sandbox-worker",
    resolveId: { filter: { id: /^virtual:sandbox-worker$/ }, handler: () => RESOLVED },
    load: {
      filter: { id: new RegExp(`^${RESOLVED}$`) },
      async handler() {
        bundled ??= bundle();
        const made = await bundled;
        files = new Set(made.files);
        for (const file of made.files) this.addWatchFile(file);
        return { code: `export default ${JSON.stringify(made.text)};`, moduleSideEffects: false };
      },
    },
    watchChange(file) {
      if (files.has(file)) bundled = undefined;
    },
    hotUpdate({ file, server }) {
      if (!files.has(file)) return;
      bundled = undefined;
      for (const environment of Object.values(server.environments)) {
        const module = environment.moduleGraph.getModuleById(RESOLVED);
        if (module) environment.moduleGraph.invalidateModule(module);
      }
    },
  };
}

async function bundle(): Promise<{ text: string; files: string[] }> {
  const built = (await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "esnext",
      minify: true,
      modulePreload: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: ENTRY,
        output: { format: "iife", codeSplitting: false, entryFileNames: "sandbox-worker.js" },
        // Other rooms are entered by their index, which also holds what a cell never needs (zod, Arrow): no module here
        // is there for its side effects but the entry itself.
        treeshake: { moduleSideEffects: (id) => id === ENTRY },
      },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = built.output.filter((item) => item.type === "chunk");
  if (chunks.length !== 1) throw new Error(`The sandbox's worker must be one chunk, and is ${chunks.length}`);
  return { text: chunks[0].code, files: chunks[0].moduleIds.filter(isAbsolute) }; // not the bundler's own modules
}
