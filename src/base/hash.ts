import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 in lower-case hex. */
export type Hash = string;

/**
 * SHA-256 of bytes or of a text's UTF-8. Synchronous on purpose: cell keys are derived on every edit, and
 * `crypto.subtle` does not exist on plain-http hosts.
 */
export function hashOf(content: Uint8Array | string): Hash {
  return bytesToHex(sha256(typeof content === "string" ? utf8ToBytes(content) : content));
}

/** The same of large bytes: off this thread where the browser can, which needs a secure context. */
export async function digestOf(content: Uint8Array): Promise<Hash> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return hashOf(content);
  return bytesToHex(new Uint8Array(await subtle.digest("SHA-256", content as Uint8Array<ArrayBuffer>)));
}
