import { Fault } from "./fault";

/** Of the fault of a step that needed more memory than there is: whoever answers so is stopped, and started anew. */
export const OUT_OF_MEMORY = "out-of-memory";

// Of browsers for arrays and WebAssembly, of C++ libraries, and of ONNX Runtime.
const WORDS =
  /out of memory|bad_alloc|array (?:buffer )?allocation failed|buffer allocation failed|failed to allocate|could not allocate|cannot enlarge memory|memory\.grow/i;

/** The fault for an error by which an engine says that its memory ran out; `undefined` for any other. */
export function memoryFault(error: unknown): Fault | undefined {
  if (!(error instanceof Error) || !WORDS.test(error.message)) return undefined;
  if (error instanceof Fault && error.code === "sql-memory") return undefined; // the data engine says it better
  return new Fault(OUT_OF_MEMORY, "This step needs more memory than the tab has", {
    hint: "The engine restarts by itself, and the notebook and its other results are kept. Take fewer rows or columns, leave pictures out, or use a smaller model.",
    where: error instanceof Fault ? error.where : undefined,
    cause: error,
  });
}
