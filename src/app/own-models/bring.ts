import type { StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf, isAbort } from "../../base";
import { type OwnModelName, ownModelOf } from "../../cells";
import { createInference, type Inference } from "../../inference";
import { readSidecar, type Sidecar } from "../../learners";
import { codeCells, looseConfig } from "../../notebook";
import type { Notebooks } from "../notebooks";
import type { AppState, Notice } from "../state";
import { hashOfModel, type OwnModels } from "./kept";
import type { BringingModel } from "./state";

export interface ModelBringer {
  /** Reads a dropped `.onnx`, with the `.json` beside it where a Polytab wrote both, and shows what it is. */
  open(files: readonly File[]): Promise<void>;
  /** Keeps the model and puts a cell that runs it at the end of the open notebook. */
  add(source: string): Promise<void>;
  close(): void;
}

export interface ModelBringerOptions {
  store: StoreApi<AppState>;
  kept: OwnModels;
  notebooks: Pick<Notebooks, "insert">;
  notify: (notice: Omit<Notice, "id">) => void;
  /** A runtime for one strange model, which dies with it. */
  createRuntime?: () => Pick<Inference, "load" | "dispose">;
  now?: () => number;
}

const MOST_BYTES = 400_000_000;
const MOST_SIDECAR = 50_000_000;
/** Folding a graph's constants can be made to take for ever. */
const PATIENCE_MS = 60_000;

export function isModelFile({ name }: Pick<File, "name">): boolean {
  return /\.onnx$/i.test(name);
}

export function createModelBringer({
  store,
  kept,
  notebooks,
  notify,
  createRuntime = createInference,
  now = () => Date.now(),
}: ModelBringerOptions): ModelBringer {
  let bytes: Uint8Array | undefined;
  let stop = new AbortController();

  const patch = (change: Partial<BringingModel>): void =>
    store.setState(({ bringing }) => (bringing ? { bringing: { ...bringing, ...change } } : {}));

  const close = (): void => {
    stop.abort();
    bytes = undefined;
    store.setState({ bringing: undefined });
  };

  const read = async (file: File, beside: File | undefined, signal: AbortSignal): Promise<void> => {
    if (file.size > MOST_BYTES) throw tooLarge(file);
    const content = await bytesOf(file);
    const sidecarBytes = beside && (await bytesOf(beside));
    const sidecar = beside && sidecarBytes ? readJsonSidecar(beside.name, sidecarBytes) : undefined;
    const hash = await hashOfModel(content, sidecarBytes);
    const runtime = createRuntime();
    try {
      const info = await runtime.load(
        { id: file.name, bytes: content },
        { signal, patienceMs: PATIENCE_MS, onProgress: (progress) => patch({ progress }) },
      );
      signal.throwIfAborted();
      bytes = content;
      patch({ progress: undefined, opened: { hash, info, ...(sidecar && { sidecar }) } });
    } catch (error) {
      throw inWords(file.name, error);
    } finally {
      runtime.dispose();
    }
    await giveToWaiting(hash);
  };

  const keep = async (): Promise<void> => {
    const { bringing } = store.getState();
    if (!bringing?.opened || !bytes) return;
    const { file, size, opened } = bringing;
    const { hash, sidecar } = opened;
    const { fault } = await kept.put({ hash, file, size, brought: now(), bytes, ...(sidecar && { sidecar }) });
    if (fault) notify({ kind: "fault", message: fault.message, hint: fault.hint });
  };

  /** Cells of the open notebook that name this very content have what they lacked: nothing is to be asked. */
  const giveToWaiting = async (hash: string): Promise<void> => {
    const { session, bringing } = store.getState();
    const waiting = (session ? codeCells(session.history.present) : []).filter((cell) => {
      const own = cell.kind === "model" ? nameIn(cell.source) : undefined;
      return own && hash.startsWith(own.hash);
    });
    if (waiting.length === 0 || !bringing || (await kept.has(hash))) return;
    await keep();
    close();
    notify({
      kind: "info",
      message: `"${bringing.file}" is here: ${waiting.map(({ name }) => `"${name}"`).join(", ")} can run`,
    });
  };

  return {
    open: async (files) => {
      const file = files.find(isModelFile);
      if (!file) return;
      close();
      stop = new AbortController();
      const { signal } = stop;
      const beside = files.find(({ name }) => /\.json$/i.test(name));
      store.setState({ bringing: { file: file.name, size: file.size, progress: { done: 0 } } });
      try {
        await read(file, beside, signal);
      } catch (error) {
        if (!isAbort(error) && !signal.aborted) patch({ progress: undefined, fault: faultDataOf(error) });
      }
    },
    add: async (source) => {
      const { session, bringing } = store.getState();
      if (!session || !bringing) return;
      await keep();
      notebooks.insert(session.history.present.cells.length, "model", { name: "net", source });
      close();
    },
    close,
  };
}

function nameIn(source: string): OwnModelName | undefined {
  return ownModelOf(looseConfig(source).model);
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new Fault("file-unreadable", `Cannot read "${file.name}"`, {
      hint: "It may have been moved or changed since it was chosen, or the tab has no memory left for it.",
      cause,
    });
  }
}

function readJsonSidecar(name: string, bytes: Uint8Array): Sidecar {
  if (bytes.length > MOST_SIDECAR)
    throw new Fault("file-unreadable", `"${name}" is too large to describe a model's inputs`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Fault("file-unreadable", `"${name}" is no JSON`, { hint: "Drop the .onnx alone.", cause });
  }
  return readSidecar(value, name);
}

function tooLarge({ name, size }: File): Fault {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
  return new Fault(
    "model-memory",
    `Cannot open "${name}": it has ${megabytes(size)}, and a tab has room for a model of ${megabytes(MOST_BYTES)}`,
    { hint: "Export it with weights of half precision or of a byte each." },
  );
}

/** A runtime that died or hung over a file says so in words of its own. */
function inWords(name: string, error: unknown): unknown {
  if (!(error instanceof Fault)) return error;
  if (error.code === "engine-hung")
    return new Fault("model-damaged", `Cannot open "${name}": after ${PATIENCE_MS / 1000} s it was still opening`, {
      hint: "It was given up; nothing else was touched.",
      cause: error,
    });
  if (error.code === "engine-restarted" || error.code === "worker-died")
    return new Fault("model-memory", `Cannot open "${name}": opening it broke the model engine`, {
      hint: "It needs more memory than a tab has, or was made to harm. Nothing else was touched.",
      cause: error,
    });
  return error;
}
