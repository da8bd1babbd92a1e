import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { contentSecurity } from "./tools/vite/content-security.ts";
import { notices } from "./tools/vite/notices.ts";
import { sandboxWorker } from "./tools/vite/sandbox-worker.ts";
import { serviceWorker } from "./tools/vite/service-worker.ts";

/** Cross-origin isolation, for ONNX threads. Used where the host sends it, never required. */
const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export default defineConfig({
  base: "./",
  plugins: [react(), sandboxWorker(), contentSecurity(), notices(), serviceWorker()],
  server: { headers: isolation },
  preview: { headers: isolation },
  worker: { format: "es" },
  build: { target: "esnext", manifest: true, chunkSizeWarningLimit: 4000 },
  optimizeDeps: { exclude: ["onnxruntime-web", "@duckdb/duckdb-wasm"] },
  // Without it ONNX Runtime's bundled entry reloads the app's own worker chunk for its threads and hangs (see ml.md 1.2).
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser", "development|production"] },
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "tools/**/*.test.ts"],
    environment: "node",
    testTimeout: 30_000,
    maxWorkers: "100%", // vitest leaves a core free
  },
});
