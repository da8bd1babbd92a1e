import { BROWSER_RUNTIME, createDuckDB, type DuckDBBindings, VoidLogger } from "@duckdb/duckdb-wasm/blocking";
import { Fault, type Progress } from "../base";

type Instantiate = (
  imports: WebAssembly.Imports,
  success: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
) => object;

/** Fetches and compiles the engine, telling how much of it has come. */
export async function compileEngine(url: string, progress: (progress: Progress) => void): Promise<WebAssembly.Module> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Fault("engine-missing", "Cannot load the data engine: the connection failed", {
      hint: "Check the connection and run again.",
      cause,
    });
  });
  if (!response.ok || !response.body)
    throw new Fault("engine-missing", `Cannot load the data engine: the host answered ${response.status} for ${url}`, {
      hint: "The site may have been updated. Reload the page.",
    });
  // The length counts compressed bytes where the host compresses, so the share is told only where it cannot lie.
  const length = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        loaded += chunk.length;
        const megabytes = (loaded / 1e6).toFixed(1);
        progress({
          done: length > 0 ? loaded / length : 0,
          note:
            length > 0
              ? `data engine: ${megabytes} of ${(length / 1e6).toFixed(1)} MB`
              : `data engine: ${megabytes} MB`,
        });
        controller.enqueue(chunk);
      },
    }),
  );
  // A response of our own: some hosts do not send the media type that streaming compilation asks for.
  return await WebAssembly.compileStreaming(new Response(counted, { headers: { "content-type": "application/wasm" } }));
}

/** Brings a compiled engine up. */
export async function startEngine(module: WebAssembly.Module): Promise<DuckDBBindings> {
  const nowhere = { mainModule: "", mainWorker: "" };
  const bindings = await createDuckDB({ mvp: nowhere, eh: nowhere }, new VoidLogger(), BROWSER_RUNTIME);
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // In place of the package's own loader, which fetches and compiles anew each time and never settles when that fails.
  const instantiateWasm: Instantiate = (imports, success) => {
    Object.assign(globalThis, { DUCKDB_RUNTIME: BROWSER_RUNTIME });
    WebAssembly.instantiate(module, imports).then((instance) => success(instance, module), fail);
    return {};
  };
  Object.assign(bindings, { instantiateWasm });
  try {
    await Promise.race([bindings.instantiate(() => {}), failed]);
  } catch (cause) {
    throw new Fault("engine-unsupported", "This browser cannot run the data engine", {
      hint: "It needs WebAssembly with exceptions: Chrome 95, Firefox 100 or Safari 15.2, or newer.",
      cause,
    });
  }
  return bindings;
}
