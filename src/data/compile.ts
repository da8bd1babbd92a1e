import { fetchEngine, type Progress } from "../base";

/**
 * Fetches and compiles the engine, telling how much of it has come.
 * @throws Fault `engine-missing`
 */
export async function compileEngine(url: string, progress: (progress: Progress) => void): Promise<WebAssembly.Module> {
  const body = await fetchEngine({
    name: "data engine",
    url,
    fetch: (address) => fetch(address),
    now: () => performance.now(),
    progress,
  });
  // A response of our own: some hosts do not send the media type that streaming compilation asks for.
  return WebAssembly.compileStreaming(new Response(body, { headers: { "content-type": "application/wasm" } }));
}
