import { Fault, type Progress, paced } from "../base";

/** Fetches and compiles the engine, telling how much of it has come. */
export async function compileEngine(url: string, progress: (progress: Progress) => void): Promise<WebAssembly.Module> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Fault("engine-missing", "Cannot load the data engine: the connection failed", {
      hint: "Check the connection and run again.",
      cause,
    });
  });
  if (!response.ok || !response.body)
    throw new Fault("engine-missing", `Cannot load the data engine: the host answered ${response.status} for ${url}`, {
      hint: "The site may have been updated. Reload the page.",
    });
  // The length counts compressed bytes where the host compresses, so the share is told only where it cannot lie.
  const length = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  let loaded = 0;
  const tell = paced(progress, () => performance.now());
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        loaded += chunk.length;
        controller.enqueue(chunk);
        const megabytes = (loaded / 1e6).toFixed(1);
        tell({
          done: length > 0 ? loaded / length : 0,
          note:
            length > 0
              ? `data engine: ${megabytes} of ${(length / 1e6).toFixed(1)} MB`
              : `data engine: ${megabytes} MB`,
        });
      },
    }),
  );
  // A response of our own: some hosts do not send the media type that streaming compilation asks for.
  return await WebAssembly.compileStreaming(new Response(counted, { headers: { "content-type": "application/wasm" } }));
}
