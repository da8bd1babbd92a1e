import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The living gallery of `src/ui`: `npx vite tools/gallery` to work on it, `npx vite build tools/gallery` to keep it. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  build: { target: "esnext", outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 8000 },
  publicDir: false,
});
