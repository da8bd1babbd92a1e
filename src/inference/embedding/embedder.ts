import { type CallOptions, hashOf, untilAborted } from "../../base";
import type { Inference } from "../client";
import { computeVectors } from "./compute";
import type { Embedded, EmbedValue, LoadedEncoder } from "./vectors";

export type Embeddable = "text" | "image";

export interface EmbedOptions extends Pick<CallOptions, "signal" | "onProgress"> {
  /** Names a value for the reader, by its place: `row 3 of "photo"`. */
  describe?: (index: number) => string;
}

export interface Embedder {
  /**
   * The vector of each text or encoded picture. Equal values are computed once, and what was computed is kept by its
   * content until `clear`.
   * @throws Fault of the encoder's download, of inference, of a picture that cannot be read; AbortError
   */
  embed(modality: Embeddable, values: readonly (EmbedValue | null)[], options?: EmbedOptions): Promise<Embedded>;
  /** Gives the vectors' and the encoders' memory back. */
  clear(): void;
}

/** So many vectors are kept beside those of the last request, 2 kB each. */
const MOST_KEPT = 50_000;

export function createEmbedder(options: {
  inference: () => Inference;
  load: (modality: Embeddable, options: CallOptions) => Promise<LoadedEncoder>;
}): Embedder {
  const kept = new Map<string, Float32Array>();
  const opened = new Set<string>();

  let tail: Promise<unknown> = Promise.resolve();
  /** One request at a time: one that waited finds what the one before it computed. Whoever is stopped waits no longer. */
  const inTurn = <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const turn = tail.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    tail = turn.catch(() => {});
    return signal ? untilAborted(turn, signal) : turn;
  };

  const embedNow = async (
    encoder: LoadedEncoder,
    values: readonly (EmbedValue | null)[],
    call: EmbedOptions,
  ): Promise<Embedded> => {
    const { id, bytes, recipe } = encoder;
    const keys = values.map((value) => keyOf(encoder, value));
    const wanted = new Map<string, number>();
    keys.forEach((key, index) => {
      if (key !== undefined && !wanted.has(key)) wanted.set(key, index);
    });
    const missing = [...wanted].filter(([key]) => !kept.has(key));
    let computed: Embedded["computed"];
    if (missing.length > 0) {
      const inference = options.inference();
      await inference.load({ id, bytes, recipe }, call);
      opened.add(id);
      computed = await computeVectors(inference, encoder, {
        values: missing.map(([, index]) => values[index] as EmbedValue),
        describe: (at) => call.describe?.(missing[at][1]),
        // Kept one by one: what was computed before a stop need not be computed again.
        found: (at, vector) => kept.set(missing[at][0], vector),
        call,
      });
    }
    const vectors = keys.map((key) => (key === undefined ? null : (kept.get(key) ?? null)));
    if (kept.size > MOST_KEPT) for (const key of [...kept.keys()]) if (!wanted.has(key)) kept.delete(key);
    return { vectors, encoder: id, ...(computed && { computed }) };
  };

  return {
    embed: async (modality, values, call = {}) => {
      const encoder = await options.load(modality, call);
      return inTurn(() => embedNow(encoder, values, call), call.signal);
    },
    clear: () => {
      kept.clear();
      for (const id of opened)
        options
          .inference()
          .release(id)
          .catch(() => {});
      opened.clear();
    },
  };
}

/** Texts are their own content; pictures go by their hash. Undefined where there is nothing to embed. */
function keyOf({ sha256 }: LoadedEncoder, value: EmbedValue | null): string | undefined {
  const content = typeof value === "string" ? value.trim() : value;
  if (content === null || content.length === 0) return undefined;
  return `${sha256.slice(0, 16)} ${typeof content === "string" ? content : hashOf(content)}`;
}
