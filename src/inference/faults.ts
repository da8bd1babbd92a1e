import { Fault } from "../base";

/** The code of faults after which the runtime cannot be trusted and has to be restarted. */
export const CRASH = "runtime-crashed";

/** A buffer that WebGPU could not allocate is invalid, which is noticed only where it is used. */
const GPU_FULL = /Invalid Buffer|Buffer\b.* is invalid/;

/** Turns what ONNX Runtime says when it opens a model into a fault in the user's words. */
export function readLoadError(id: string, error: unknown): Fault {
  const text = error instanceof Error ? error.message : String(error);
  const cause = { cause: error };
  if (isCrash(error, text)) return new Fault(CRASH, text, cause);
  const operator =
    /No Op registered for (\S+)/.exec(text)?.[1] ??
    /Could not find an implementation for (\S+?)\(/.exec(text)?.[1] ??
    /Could not find an implementation for the node .*?:?(\w+)\(\d+\)/.exec(text)?.[1] ??
    /Provider type for (\S+) node with name '.*' is not set/.exec(text)?.[1] ??
    /(\S+) is not a registered function\/op/.exec(text)?.[1];
  if (operator)
    return new Fault("model-unsupported", `Cannot run "${id}": the operator ${operator} is not known here`, {
      hint: "Export the model with standard operators: ai.onnx up to opset 26, and ai.onnx.ml.",
      ...cause,
    });
  const domain = /No opset import for domain '(.*?)'/.exec(text)?.[1];
  if (domain)
    return new Fault("model-unsupported", `Cannot run "${id}": the operators of "${domain}" are not known here`, {
      hint: "Export the model with standard operators: ai.onnx up to opset 26, and ai.onnx.ml.",
      ...cause,
    });
  if (/opset|ir_version|IR version/i.test(text))
    return new Fault("model-unsupported", `Cannot run "${id}": it was written for a newer ONNX than this one`, {
      hint: "Export it with opset 26 or below.",
      ...cause,
    });
  if (/external data|external initializer/i.test(text))
    return new Fault("model-unsupported", `Cannot run "${id}": its weights are in a second file`, {
      hint: "Save the model as one file, with its weights inside.",
      ...cause,
    });
  if (GPU_FULL.test(text))
    return new Fault("model-memory", `Cannot open "${id}": it needs more memory than the GPU has`, cause);
  if (/bad_alloc|out of memory|allocation failed/i.test(text))
    return new Fault("model-memory", `Cannot open "${id}": it needs more memory than a browser tab has`, cause);
  if (/protobuf parsing failed|INVALID_PROTOBUF|No graph was found|ModelProto does not have a graph/i.test(text))
    return new Fault("model-damaged", `Cannot open "${id}": it is not an ONNX model, or it is cut off`, {
      hint: "Download or export it again.",
      ...cause,
    });
  return new Fault("model-damaged", `Cannot open "${id}": ${detailOf(text)}`, {
    hint: "The model is not valid ONNX. Export it again.",
    ...cause,
  });
}

/** What is wrong with a file at first sight. */
export function brokenModel(id: string, bytes: Uint8Array): Fault | undefined {
  if (bytes.length === 0)
    return new Fault("model-damaged", `Cannot open "${id}": the file is empty`, {
      hint: "Download or export it again.",
    });
  return undefined;
}

/** Turns what ONNX Runtime says while it runs into a fault. */
export function readRunError(id: string, error: unknown): Fault {
  const text = error instanceof Error ? error.message : String(error);
  if (isCrash(error, text)) return new Fault(CRASH, text, { cause: error });
  if (GPU_FULL.test(text))
    return new Fault("model-memory", `"${id}" needs more memory than the GPU has`, { cause: error });
  if (/MapAsyncStatus/.test(text))
    return new Fault("model-failed", `"${id}" lost the GPU before its results were read`, { cause: error });
  if (/bad_alloc|out of memory|allocation failed/i.test(text))
    return new Fault("model-memory", `"${id}" needs more memory than a browser tab has`, {
      hint: "Run it with a smaller batch.",
      cause: error,
    });
  if (/INVALID_ARGUMENT|invalid dimensions|Unexpected input/i.test(text))
    return new Fault("model-input", `"${id}" does not take this input: ${detailOf(text)}`, { cause: error });
  return new Fault("model-failed", `"${id}" failed while it ran: ${detailOf(text)}`, { cause: error });
}

function isCrash(error: unknown, text: string): boolean {
  return (
    error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError ||
    /^Aborted|table index is out of bounds|memory access out of bounds|null function/.test(text)
  );
}

/** The message inside `…, ERROR_MESSAGE: …MatMul node. Name:'' Status Message: file.h:61 Function Text`. */
function detailOf(text: string): string {
  const inner = /ERROR_MESSAGE: (?:Non-zero status code returned while running )?([\s\S]*)$/.exec(text)?.[1] ?? text;
  return inner
    .replace(/^(\w+) node\. Name:'.*?' Status Message: (?:\S+\.(?:cc|h):\d+ \S+ )?/, "$1: ")
    .replace(/^\S+\.(?:cc|h):\d+ (?:[^()]*\([^()]*\)(?: const)? )?/, "")
    .split("\n")[0]
    .slice(0, 300)
    .trim();
}
