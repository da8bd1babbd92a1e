import { BROWSER_RUNTIME, createDuckDB, type DuckDBBindings, VoidLogger } from "@duckdb/duckdb-wasm/blocking";
import { Fault } from "../base";

type Instantiate = (
  imports: WebAssembly.Imports,
  success: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
) => object;

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
