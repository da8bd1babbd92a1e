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
  build: {
    target: "esnext",
    manifest: true,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        // What the first paint needs is one file, and what a page of the app needs beside it some three: as 35 and 16 of
        // them they took a quarter of a second longer from a server beside them, under Playwright.
        codeSplitting: {
          groups: [
            { name: "start", tags: ["$initial"] },
            // What a notebook shares with a task's profiles is small; merged with those it brought their 20 kB along.
            { name: "small", test: /ui.(output.(IntervalBar|intervals)|parts.useRoving|notebook.ConfigForm)\.tsx?$/ },
            { name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 60_000 },
          ],
        },
        // A shared chunk's name lists whom it serves.
        chunkFileNames: ({ name }) => `assets/${name.split("~")[0]}-[hash].js`,
      },
    },
  },
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
