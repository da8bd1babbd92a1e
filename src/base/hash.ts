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
