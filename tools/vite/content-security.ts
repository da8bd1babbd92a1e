import { createHash } from "node:crypto";
import type { Plugin } from "vite";
import { FRAME_SCRIPT } from "../../src/sandbox/frame-script.ts";

/**
 * The page's Content Security Policy (design section 7), one source list a directive. The sandbox's frame comes from
 * `srcdoc` and inherits it, hence the hash of its one inline script; it then narrows it by a policy of its own.
 */
export function contentSecurityPolicy(): string {
  const directives = {
    "default-src": "'none'",
    // blob: for workers' bootstraps and the modules of cells; WASM for DuckDB and ONNX Runtime; no eval, no inline code.
    "script-src": `'self' 'wasm-unsafe-eval' blob: 'sha256-${createHash("sha256").update(FRAME_SCRIPT).digest("base64")}'`,
    "worker-src": "'self' blob:",
    "connect-src": "'self' blob: data:",
    "img-src": "'self' data: blob:",
    // Libraries of the interface (Monaco, Radix) set styles from script.
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "frame-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
  };
  return Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}

/** Puts the policy into the built page, before anything that it rules. The dev server's own scripts are inline: no policy there. */
export function contentSecurity(): Plugin {
  return {
    name: "polytab-content-security",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy() },
          injectTo: "head-prepend",
        },
      ],
    },
  };
}
