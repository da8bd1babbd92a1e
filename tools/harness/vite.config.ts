import { join } from "node:path";
import { mergeConfig } from "vite";
import app from "../../vite.config";

/** The engines without the app: built as the app is, so that what is tried here is what the app gets. */
export default mergeConfig(app, {
  root: import.meta.dirname,
  publicDir: false,
  build: { outDir: join(import.meta.dirname, "../../.cache/harness"), emptyOutDir: true },
});
