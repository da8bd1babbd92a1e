import asyncifyMjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import asyncifyWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspiMjs from "onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url";
import jspiWasm from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import cpuMjs from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import cpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { fetchEngine, type Progress } from "../base";
import type { Provider } from "./protocol";

export type Runtime = typeof import("onnxruntime-web/wasm");

/** A build of ONNX Runtime: its JavaScript, and the two files that it loads, which are always given both (ml.md 1.2). */
interface Build {
  module: () => Promise<Runtime>;
  wasm: string;
  mjs: string;
}

const CPU: Build = { module: () => import("onnxruntime-web/wasm"), wasm: cpuWasm, mjs: cpuMjs };
const GPU_JSPI: Build = { module: () => import("onnxruntime-web/jspi"), wasm: jspiWasm, mjs: jspiMjs };
const GPU_ASYNCIFY: Build = { module: () => import("onnxruntime-web/webgpu"), wasm: asyncifyWasm, mjs: asyncifyMjs };

/**
 * Loads the runtime for a provider, telling how much of it has come.
 * @param threads what the host allows: more than one only where the page is cross-origin isolated
 */
export async function loadRuntime(
  provider: Provider,
  threads: number,
  progress: (progress: Progress) => void,
): Promise<Runtime> {
  const hasJspi = "Suspending" in WebAssembly;
  const build = provider === "wasm" ? CPU : hasJspi ? GPU_JSPI : GPU_ASYNCIFY;
  const here = (path: string) => new URL(path, self.location.href).href;
  muteLastWords();
  const [runtime, wasmBinary] = await Promise.all([build.module(), download(here(build.wasm), progress)]);
  runtime.env.logLevel = "fatal"; // what goes wrong is told by faults, not on the console
  runtime.env.wasm.wasmPaths = { wasm: here(build.wasm), mjs: here(build.mjs) };
  runtime.env.wasm.wasmBinary = wasmBinary;
  runtime.env.wasm.numThreads = threads;
  return runtime;
}

/**
 * A runtime that dies, as with its GPU, writes "Aborted(…)" to the console beside what it throws, and has no setting against
 * it: it binds `console.error` while it starts. What it throws becomes a fault, or the reason why WASM ran.
 */
function muteLastWords(): void {
  const { error } = console;
  console.error = (...told: unknown[]) => {
    if (!String(told[0]).startsWith("Aborted(")) error.apply(console, told);
  };
}

async function download(url: string, progress: (progress: Progress) => void): Promise<ArrayBuffer> {
  const body = await fetchEngine({
    name: "model engine",
    url,
    fetch: (address) => fetch(address),
    now: () => performance.now(),
    progress,
  });
  return new Response(body).arrayBuffer();
}
