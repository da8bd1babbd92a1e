import type { InferenceSession, Tensor as RuntimeTensor } from "onnxruntime-web/wasm";
import { Fault, ownPort, serveCalls } from "../base";
import { createPrepare, type Prepare } from "./embedding/recipe";
import { readLoadError, readRunError } from "./faults";
import { readModelFile } from "./file/model-file";
import type { InferenceProtocol, Provider } from "./protocol";
import { loadRuntime, type Runtime } from "./runtimes";
import { buffersOf, type Slot, type Tensor, type Tensors } from "./tensors";

declare const self: DedicatedWorkerGlobalScope;

let runtime: Runtime;
let provider: Provider;
const sessions = new Map<string, InferenceSession>();
const encoders = new Map<string, Prepare>();

/** One thing at a time, creating sessions too: two overlapping WebGPU runs froze the worker for good (ml.md 1.3). */
let tail: Promise<unknown> = Promise.resolve();
function inTurn<T>(job: () => T | Promise<T>): Promise<T> {
  const turn = tail.then(job);
  tail = turn.catch(() => {});
  return turn;
}

serveCalls<InferenceProtocol>(ownPort(self), {
  boot: (args, { progress }) =>
    inTurn(async () => {
      provider = args.provider;
      const gpu = provider === "webgpu" ? await findGpu() : { ready: true as const, software: false };
      if (!gpu.ready) return gpu;
      const threads = self.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1;
      runtime = await loadRuntime(provider, threads, progress);
      return gpu;
    }),
  load: ({ hash, id, bytes, recipe }) =>
    inTurn(async () => {
      const { operators, metadata } = readModelFile(id, bytes);
      if (recipe) encoders.set(hash, createPrepare(recipe));
      const started = performance.now();
      try {
        const session = await runtime.InferenceSession.create(bytes, {
          executionProviders: [provider],
          logSeverityLevel: 4,
        });
        sessions.set(hash, session);
        const { inputMetadata, outputMetadata } = session;
        return {
          inputs: inputMetadata.map(slotOf),
          outputs: outputMetadata.map(slotOf),
          operators,
          metadata,
          loadMs: performance.now() - started,
        };
      } catch (error) {
        throw readLoadError(id, error);
      }
    }),
  run: ({ hash, id, feeds }, { transfer }) =>
    inTurn(async () => {
      const session = sessions.get(hash);
      if (!session) throw new Fault("runtime-crashed", `the model "${id}" is not loaded`);
      const started = performance.now();
      try {
        const fed = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, given(tensor)]));
        const tensors = session.outputMetadata.filter((output) => output.isTensor).map((output) => output.name);
        const results = await session.run(fed, tensors, { logSeverityLevel: 4 });
        const outputs: Tensors = {};
        for (const [name, tensor] of Object.entries(results)) {
          outputs[name] = await taken(name, tensor);
          tensor.dispose();
        }
        transfer(buffersOf(outputs));
        return { outputs, ms: performance.now() - started };
      } catch (error) {
        throw error instanceof Fault ? error : readRunError(id, error);
      }
    }),
  prepare: ({ hash, values, recipe }, { transfer }) =>
    inTurn(async () => {
      const prepare = recipe ? createPrepare(recipe) : encoders.get(hash);
      if (!prepare) throw new Fault("runtime-crashed", "the encoder is not loaded");
      const prepared = await prepare(values);
      if (prepared.kind === "image") transfer([prepared.pixels.buffer]);
      return prepared;
    }),
  release: ({ hash }) =>
    inTurn(async () => {
      encoders.delete(hash);
      const session = sessions.get(hash);
      sessions.delete(hash);
      await session?.release();
      return undefined;
    }),
  settled: () => inTurn(() => undefined),
});

/** Asks for an adapter and a device, and says in words what is missing. */
async function findGpu(): Promise<InferenceProtocol["boot"]["result"]> {
  if (!self.isSecureContext) return { ready: false, reason: "WebGPU is only for pages that come by https" };
  if (!navigator.gpu) return { ready: false, reason: "this browser has no WebGPU; a newer one may" };
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (!adapter)
    return { ready: false, reason: "the browser offers no GPU; its settings may have graphics acceleration off" };
  try {
    const device = await adapter.requestDevice();
    device.destroy();
  } catch (error) {
    return { ready: false, reason: `the GPU gave no device (${error instanceof Error ? error.message : error})` };
  }
  return {
    ready: true,
    software: adapter.info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(adapter.info.architecture),
  };
}

function slotOf(metadata: InferenceSession.ValueMetadata): Slot {
  if (!metadata.isTensor) return { name: metadata.name, type: "other", shape: [] };
  // ONNX Runtime names a size that may vary by its symbol, and leaves the name empty where the model does.
  const shape = metadata.shape.map((size, axis) => (size === "" || size === -1 ? `n${axis}` : size));
  return { name: metadata.name, type: metadata.type, shape };
}

function given({ type, dims, data }: Tensor): RuntimeTensor {
  return new runtime.Tensor(type, data as never, dims);
}

/** A result as one of our types: other floats become float32, other whole numbers int32 or int64. */
async function taken(name: string, tensor: RuntimeTensor): Promise<Tensor> {
  const dims = [...tensor.dims];
  const data: unknown = await tensor.getData();
  switch (tensor.type) {
    case "float32":
      return { type: "float32", dims, data: Float32Array.from(data as Float32Array) };
    case "int32":
      return { type: "int32", dims, data: Int32Array.from(data as Int32Array) };
    case "int64":
      return { type: "int64", dims, data: BigInt64Array.from(data as BigInt64Array) };
    case "uint8":
    case "bool":
      return { type: tensor.type, dims, data: Uint8Array.from(data as Uint8Array) };
    case "string":
      return { type: "string", dims, data: [...(data as string[])] };
    case "float64":
      return { type: "float32", dims, data: Float32Array.from(data as Float64Array) };
    case "int8":
    case "int16":
    case "uint16":
      return { type: "int32", dims, data: Int32Array.from(data as Int16Array) };
    case "uint32":
      return { type: "int64", dims, data: BigInt64Array.from(Array.from(data as Uint32Array, BigInt)) };
    case "uint64":
      return { type: "int64", dims, data: BigInt64Array.from(data as BigUint64Array) };
    default:
      throw new Fault("model-unsupported", `Output "${name}" is of type ${tensor.type}, which cannot be read here`, {
        hint: "Add a Cast to float at the end of the model.",
      });
  }
}
