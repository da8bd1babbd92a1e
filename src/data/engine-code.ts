import wasmUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import type { Progress } from "../base";
import { compileEngine } from "./compile";

type Tell = (progress: Progress) => void;

/** The engine's compiled code, which every worker of the page starts from. */
export interface EngineCode {
  /** Fetches and compiles it on the page, without a worker, for a reader who is about to need it. Never fails. */
  fetchAhead(): void;
  /**
   * Starts a worker by `boot`: with the code where somebody has it or is fetching it; otherwise the worker compiles it
   * itself, and hands it over for the next one.
   */
  boot(
    boot: (module: WebAssembly.Module | undefined) => Promise<WebAssembly.Module>,
    onProgress?: Tell,
  ): Promise<WebAssembly.Module>;
}

export function createEngineCode(compile: (tell: Tell) => Promise<WebAssembly.Module>): EngineCode {
  /** Undefined, at once or in the end, where nobody has it. */
  let kept: Promise<WebAssembly.Module | undefined> | undefined;
  const hearers = new Set<Tell>();
  const keep = (coming: Promise<WebAssembly.Module>): void => {
    const own = coming.catch(() => {
      if (kept === own) kept = undefined; // the next one tries it by itself, and says what is wrong
      return undefined;
    });
    kept = own;
  };
  return {
    fetchAhead() {
      if (kept) return;
      keep(
        compile((progress) => {
          for (const hear of hearers) hear(progress);
        }),
      );
    },
    async boot(boot, onProgress) {
      if (onProgress) hearers.add(onProgress);
      const module = await kept;
      if (onProgress) hearers.delete(onProgress);
      const booted = boot(module);
      if (!module) keep(booted);
      return booted;
    },
  };
}

/** That of this page. */
export const engineCode = createEngineCode((tell) => compileEngine(new URL(wasmUrl, self.location.href).href, tell));
