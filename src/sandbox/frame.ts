import { hashOf } from "../base";
import { FRAME_SCRIPT } from "./frame-script";

/** The script's hash as a CSP source, like `sha256-47DE…=`. Made without crypto.subtle, which plain-http hosts lack. */
export function frameScriptHash(): string {
  const bytes = hashOf(FRAME_SCRIPT).match(/../g) ?? [];
  return `sha256-${btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))}`;
}

/** The frame's document, with a CSP of its own beside the page's that it inherits: no address, not even the page's host. */
export function frameDocument(): string {
  const policy = `default-src 'none'; script-src '${frameScriptHash()}' blob:; worker-src blob:`;
  const head = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `${head}<script>${FRAME_SCRIPT}</script>`;
}
