import { describe, expect, it } from "vitest";
import { readLoadError, readRunError } from "./faults";

// The texts are ONNX Runtime's own, of onnxruntime-web 1.30.0.
describe("what ONNX Runtime says, in the user's words", () => {
  it.each([
    [
      "Can't create a session. ERROR_CODE: 7, ERROR_MESSAGE: Failed to load model because protobuf parsing failed.",
      "model-damaged",
      "it is not an ONNX model, or it is cut off",
    ],
    [
      "Can't create a session. ERROR_CODE: 2, ERROR_MESSAGE: No graph was found in the protobuf.",
      "model-damaged",
      "it is not an ONNX model, or it is cut off",
    ],
    [
      "Can't create a session. ERROR_CODE: 2, ERROR_MESSAGE: Invalid model. Node input 'z' is not a graph input, initializer, or output of a previous node.",
      "model-damaged",
      "Node input 'z' is not a graph input",
    ],
    [
      "Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: [ShapeInferenceError] Incompatible dimensions for matrix multiplication",
      "model-damaged",
      "Incompatible dimensions for matrix multiplication",
    ],
    [
      "Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: No Op registered for Frobnicate with domain_version of 18",
      "model-unsupported",
      "the operator Frobnicate is not known here",
    ],
    [
      "Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: No opset import for domain 'my.ops'",
      "model-unsupported",
      'the operators of "my.ops" are not known here',
    ],
    [
      "Can't create a session. ERROR_CODE: 9, ERROR_MESSAGE: Could not find an implementation for LabelEncoder(2) node with name ''",
      "model-unsupported",
      "the operator LabelEncoder is not known here",
    ],
    [
      "Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: Exception during initialization: /a/transformer_memcpy.cc:254 bool f(const Node &) const !node_provider_type.empty() was false. Provider type for StringConcat node with name '' is not set.",
      "model-unsupported",
      "the operator StringConcat is not known here",
    ],
    [
      "Can't create a session. ERROR_CODE: 1, ERROR_MESSAGE: /a/model_load_utils.h:56 void f(int) ONNX Runtime only *guarantees* support for models stamped with official released onnx opset versions. Opset 99 is under development",
      "model-unsupported",
      "a newer ONNX",
    ],
    ["std::bad_alloc", "model-memory", "more memory than a browser tab has"],
    [
      "Can't create a session. ERROR_CODE: 1, ERROR_MESSAGE: WebGPU validation failed. [Invalid Buffer (unlabeled)] is invalid due to a previous error.",
      "model-memory",
      "more memory than the GPU has",
    ],
    ["Aborted(). Build with -sASSERTIONS for more info.", "runtime-crashed", "Aborted"],
  ])("%s", (text, code, words) => {
    const fault = readLoadError("m.onnx", new Error(text));
    expect(fault.code).toBe(code);
    expect(fault.message).toContain(words);
  });

  it("tells input, memory and failure of a run apart", () => {
    const failed = "failed to call OrtRun(). ERROR_CODE: ";
    const dims = new Error(`${failed}2, ERROR_MESSAGE: Got invalid dimensions for input: x`);
    expect(readRunError("m", dims)).toMatchObject({
      code: "model-input",
      message: '"m" does not take this input: Got invalid dimensions for input: x',
    });
    const node =
      "Non-zero status code returned while running MatMul node. Name:'' Status Message: matmul_helper.h:61 Compute ";
    expect(readRunError("m", new Error(`${failed}1, ERROR_MESSAGE: ${node}MatMul dimension mismatch`))).toMatchObject({
      code: "model-failed",
      message: '"m" failed while it ran: MatMul: MatMul dimension mismatch',
    });
    const lost =
      "/a/core/buffer_manager.cc:643 void onnxruntime::webgpu::BufferManager::Download(WGPUBuffer, void *, size_t) const status was false.";
    expect(readRunError("m", new Error(`${failed}1, ERROR_MESSAGE: ${lost}`)).message).toBe(
      '"m" failed while it ran: status was false.',
    );
    const full = "WebGPU validation failed. [Invalid Buffer (unlabeled)] is invalid due to a previous error.";
    expect(readRunError("m", new Error(`${failed}1, ERROR_MESSAGE: ${full}`))).toMatchObject({
      code: "model-memory",
      message: '"m" needs more memory than the GPU has',
    });
    const unread =
      "map_async_result.status == wgpu::MapAsyncStatus::Success was false. Failed to download data from buffer";
    expect(readRunError("m", new Error(`${failed}1, ERROR_MESSAGE: ${unread}`))).toMatchObject({
      code: "model-failed",
      message: '"m" lost the GPU before its results were read',
    });
    expect(readRunError("m", new Error("std::bad_alloc"))).toMatchObject({ code: "model-memory" });
    expect(readRunError("m", new WebAssembly.RuntimeError("unreachable"))).toMatchObject({ code: "runtime-crashed" });
    expect(readRunError("m", new Error("something else"))).toMatchObject({
      code: "model-failed",
      message: '"m" failed while it ran: something else',
    });
  });
});
