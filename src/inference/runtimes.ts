import asyncifyMjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import asyncifyWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspiMjs from "onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url";
import jspiWasm from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import cpuMjs from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import cpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { Fault, type Progress } from "../base";
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
  const [runtime, wasmBinary] = await Promise.all([build.module(), download(here(build.wasm), progress)]);
  runtime.env.logLevel = "fatal"; // what goes wrong is told by faults, not on the console
  runtime.env.wasm.wasmPaths = { wasm: here(build.wasm), mjs: here(build.mjs) };
  runtime.env.wasm.wasmBinary = wasmBinary;
  runtime.env.wasm.numThreads = threads;
  return runtime;
}

async function download(url: string, progress: (progress: Progress) => void): Promise<ArrayBuffer> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Fault("engine-missing", "Cannot load the model engine: the connection failed", {
      hint: "Check the connection and run again.",
      cause,
    });
  });
  if (!response.ok || !response.body)
    throw new Fault("engine-missing", `Cannot load the model engine: the host answered ${response.status} for ${url}`, {
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
              ? `model engine: ${megabytes} of ${(length / 1e6).toFixed(1)} MB`
              : `model engine: ${megabytes} MB`,
        });
        controller.enqueue(chunk);
      },
    }),
  );
  return await new Response(counted).arrayBuffer();
}
