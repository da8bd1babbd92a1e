import type { Progress } from "./calls";
import { Fault } from "./fault";
import { paced } from "./paced";

export interface EngineFile {
  /** What the engine is called, like `data engine`. */
  name: string;
  url: string;
  fetch: (url: string) => Promise<Response>;
  /** Milliseconds, from anywhere. */
  now: () => number;
  progress: (progress: Progress) => void;
}

/**
 * The body of an engine's file, telling how much of it has come.
 * @throws Fault `engine-missing`
 */
export async function fetchEngine({
  name,
  url,
  fetch,
  now,
  progress,
}: EngineFile): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Fault("engine-missing", `Cannot load the ${name}: the connection failed`, {
      hint: "Check the connection and run again.",
      cause,
    });
  });
  if (!response.ok || !response.body)
    throw new Fault("engine-missing", `Cannot load the ${name}: the host answered ${response.status} for ${url}`, {
      hint: "The site may have been updated. Reload the page.",
    });
  // The length counts compressed bytes where the host compresses, so the share is told only where it cannot lie.
  const length = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  const tell = paced(progress, now);
  const all = length > 0 ? ` of ${(length / 1e6).toFixed(1)}` : "";
  let loaded = 0;
  return response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        loaded += chunk.length;
        controller.enqueue(chunk);
        tell({ done: length > 0 ? loaded / length : 0, note: `${name}: ${(loaded / 1e6).toFixed(1)}${all} MB` });
      },
    }),
  );
}
