import wasmUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import type { Progress } from "../base";
import { compileEngine } from "./compile";

type Tell = (progress: Progress) => void;

/** The engine's compiled code, which every worker of the page starts from. */
export interface EngineCode {
  /** Fetches and compiles it on the page, without a worker, for a reader who is about to need it. Never fails. */
  fetchAhead(): void;
  /** Undefined where nobody has it yet: the worker that asks compiles it itself, and hands it over by `keep`. */
  get(onProgress?: Tell): Promise<WebAssembly.Module | undefined>;
  keep(module: WebAssembly.Module): void;
}

export function createEngineCode(compile: (tell: Tell) => Promise<WebAssembly.Module>): EngineCode {
  let kept: Promise<WebAssembly.Module | undefined> | undefined;
  const hearers = new Set<Tell>();
  return {
    fetchAhead() {
      kept ??= compile((progress) => {
        for (const hear of hearers) hear(progress);
      }).catch(() => {
        kept = undefined; // the next worker tries it by itself, and says what is wrong
        return undefined;
      });
    },
    async get(onProgress) {
      if (onProgress) hearers.add(onProgress);
      const module = await kept;
      if (onProgress) hearers.delete(onProgress);
      return module;
    },
    keep(module) {
      kept = Promise.resolve(module);
    },
  };
}

/** That of this page. */
export const engineCode = createEngineCode((tell) => compileEngine(new URL(wasmUrl, self.location.href).href, tell));
