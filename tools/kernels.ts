import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import asc from "assemblyscript/asc";
import { Fault } from "../src/base/fault";
import { root, runTool } from "./command";

/**
 * `npm run kernels` compiles the learners' hot loops, AssemblyScript in `src/learners/kernels/assembly`, into TypeScript
 * files that carry the bytes. They are small and committed; `kernels.test.ts` compiles again and compares.
 */
export const SOURCES = join(root, "src/learners/kernels/assembly");
export const COMPILED = join(root, "src/learners/kernels");

const FLAGS = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--importMemory"];

export const kernelNames = (): string[] =>
  readdirSync(SOURCES)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"))
    .sort();

/** The text of the TypeScript file for one source. */
export async function compileKernel(name: string): Promise<string> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main([`${name}.ts`, ...FLAGS, "--outFile", "out.wasm"], {
    readFile: (file) => (existsSync(join(SOURCES, file)) ? readFileSync(join(SOURCES, file), "utf8") : null),
    writeFile: (_, contents) => {
      if (contents instanceof Uint8Array) wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Fault("kernel", `Cannot compile ${name}.ts: ${stderr?.toString() ?? error}`);
  const constant = `${name.toUpperCase().replaceAll("-", "_")}_WASM`;
  return `/** Made by \`npm run kernels\` of assembly/${name}.ts; ${wasm.length} bytes. */\nexport const ${constant} =\n  "${Buffer.from(wasm).toString("base64")}";\n`;
}

if (import.meta.filename === process.argv[1]) {
  await runTool(async () => {
    for (const name of kernelNames()) {
      const text = await compileKernel(name);
      writeFileSync(join(COMPILED, `${name}.wasm.ts`), text);
      console.log(text.slice(4, text.indexOf(" */")));
    }
  });
}
