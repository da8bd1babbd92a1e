import { type Hash, hashOf } from "../base";

/** SHA-256 of large bytes: off this thread where the browser can, which needs a secure context. */
export async function digestOf(content: Uint8Array): Promise<Hash> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return hashOf(content);
  const digest = new Uint8Array(await subtle.digest("SHA-256", content as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
