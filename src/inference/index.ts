export { createInference, type Inference, type InferenceRunOptions, type RunResult } from "./client";
export { digestOf } from "./digest";
export {
  createEmbedder,
  type Embeddable,
  type Embedded,
  type Embedder,
  type EmbedOptions,
  type EmbedValue,
  type LoadedEncoder,
} from "./embedding/embedder";
export { readEncoderManifest, readPieces } from "./embedding/manifest";
export type { Provider } from "./protocol";
export type { ModelInfo, Slot, Tensor, Tensors } from "./tensors";
