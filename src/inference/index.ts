export { createInference, type Inference, type InferenceRunOptions, type RunResult } from "./client";
export { digestOf } from "./digest";
export { createEmbedder, type Embeddable, type Embedder, type EmbedOptions } from "./embedding/embedder";
export { readEncoderManifest, readPieces } from "./embedding/manifest";
export type { Embedded, EmbedValue, LoadedEncoder } from "./embedding/vectors";
export type { Provider } from "./protocol";
export type { ModelInfo, Slot, Tensor, Tensors } from "./tensors";
