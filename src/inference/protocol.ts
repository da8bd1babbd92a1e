import type { Prepared, Recipe } from "./embedding/recipe";
import type { ModelInfo, Tensors } from "./tensors";

export type Provider = "webgpu" | "wasm";

/** What the client asks of a runtime's worker. A model is known there by the hash of its bytes. */
export type InferenceProtocol = {
  /** Starts the runtime. Tells why it cannot, where a browser has no usable GPU; `software` is an adapter without one. */
  boot: { args: { provider: Provider }; result: { ready: true; software: boolean } | { ready: false; reason: string } };
  /** `recipe` where the model is an encoder: how its input is made. */
  load: { args: { hash: string; id: string; bytes: Uint8Array; recipe?: Recipe }; result: ModelInfo };
  /** Texts or pictures as a model's input: by its own recipe, or by this one. */
  prepare: { args: { hash: string; values: readonly (string | Uint8Array)[]; recipe?: Recipe }; result: Prepared };
  run: { args: { hash: string; id: string; feeds: Tensors }; result: { outputs: Tensors; ms: number } };
  release: { args: { hash: string }; result: undefined };
  /** Answered when everything asked before is over. */
  settled: { args: undefined; result: undefined };
};
