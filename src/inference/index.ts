export { createInference, type Inference, type InferenceRunOptions, type RunResult } from "./client";
export type { Provider } from "./protocol";
export type { ModelInfo, Slot, Tensor, Tensors } from "./tensors";
