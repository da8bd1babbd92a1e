import { Fault } from "../../base";
import { checkSparse, checkTensor } from "./tensor-claims";
import { type Field, fieldsOf, type Patience, textOf, WireError } from "./wire";

/** What a model's file says of itself. */
export interface ModelFile {
  /** Operators by name, those of other domains as `domain:name`, sorted. */
  operators: string[];
  /** `metadata_props`: what its maker wrote beside the graph. */
  metadata: Record<string, string>;
}

/** A tab has 2 to 4 GB, and a runtime holds a model two or three times while it opens it. */
const MOST_BYTES = 400_000_000;
const MOST_NODES = 100_000;
/** Graphs within graphs (of `If`, `Loop`, `Scan`). */
const DEEPEST = 8;
const MOST_METADATA = 64;

/**
 * Reads an ONNX file without running any of it, and refuses what no runtime should be given: what is no model or cut off,
 * weights that lie elsewhere, tensors that claim more than the file holds, graphs without end.
 * @throws Fault `model-damaged`, `model-memory`, `model-unsupported`
 */
export function readModelFile(id: string, bytes: Uint8Array): ModelFile {
  if (bytes.length === 0) throw damaged(id, "the file is empty");
  if (bytes.length > MOST_BYTES)
    throw new Fault(
      "model-memory",
      `Cannot open "${id}": it has ${megabytes(bytes.length)}, and a tab has room for a model of ${megabytes(MOST_BYTES)}`,
      { hint: "Export it with weights of half precision or of a byte each." },
    );
  const found = { operators: new Set<string>(), metadata: {} as Record<string, string>, graphs: 0, nodes: 0 };
  const patience: Patience = { fields: 0 };

  const graph = (message: Uint8Array, depth: number): void => {
    if (depth > DEEPEST) throw damaged(id, `it has graphs in graphs, ${DEEPEST} deep`);
    for (const field of fieldsOf(message, patience)) {
      if (field.kind !== "bytes") continue;
      if (field.number === 1) node(field.bytes, depth);
      else if (field.number === 5) checkTensor(id, field.bytes, patience);
      else if (field.number === 15) checkSparse(id, field.bytes, patience);
    }
  };
  const node = (message: Uint8Array, depth: number): void => {
    if (++found.nodes > MOST_NODES)
      throw new Fault("model-memory", `Cannot open "${id}": it has more than ${MOST_NODES.toLocaleString("en")} nodes`);
    let operator = "";
    let domain = "";
    for (const field of fieldsOf(message, patience)) {
      if (field.kind !== "bytes") continue;
      if (field.number === 4) operator = textOf(field.bytes);
      else if (field.number === 7) domain = textOf(field.bytes);
      else if (field.number === 5) attribute(field.bytes, depth);
    }
    found.operators.add(domain === "" || domain === "ai.onnx" ? operator : `${domain}:${operator}`);
  };
  const attribute = (message: Uint8Array, depth: number): void => {
    for (const { number, ...field } of fieldsOf(message, patience)) {
      if (field.kind !== "bytes") continue;
      if (number === 5 || number === 10) checkTensor(id, field.bytes, patience);
      else if (number === 22 || number === 23) checkSparse(id, field.bytes, patience);
      else if (number === 6 || number === 11) graph(field.bytes, depth + 1);
    }
  };

  try {
    for (const field of fieldsOf(bytes, patience)) {
      if (field.kind !== "bytes") continue;
      if (field.number === 7) {
        found.graphs++;
        graph(field.bytes, 0);
      } else if (field.number === 14) addMetadata(found.metadata, field, patience);
      else if (field.number === 25)
        for (const inner of fieldsOf(field.bytes, patience))
          if (inner.number === 7 && inner.kind === "bytes") node(inner.bytes, 1);
    }
  } catch (error) {
    if (error instanceof WireError) throw damaged(id, `it is not an ONNX model, or a damaged one: ${error.message}`);
    throw error;
  }
  if (found.graphs === 0) throw damaged(id, "it is not an ONNX model: it has no graph");
  return { operators: [...found.operators].sort(), metadata: found.metadata };
}

function addMetadata(metadata: Record<string, string>, field: Field, patience: Patience): void {
  if (field.kind !== "bytes" || Object.keys(metadata).length >= MOST_METADATA) return;
  let key = "";
  let value = "";
  for (const part of fieldsOf(field.bytes, patience)) {
    if (part.kind !== "bytes") continue;
    if (part.number === 1) key = textOf(part.bytes);
    else if (part.number === 2 && part.bytes.length <= 100_000) value = new TextDecoder().decode(part.bytes);
  }
  // As a property of its own, whatever it is called.
  Object.defineProperty(metadata, key, { value, enumerable: true, configurable: true, writable: true });
}

function damaged(id: string, what: string): Fault {
  return new Fault("model-damaged", `Cannot open "${id}": ${what}`, { hint: "Download or export it again." });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}
