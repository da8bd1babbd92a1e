import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelManifest } from "../../src/learners";
import { build } from "./build";
import { MANIFEST, staleReasons } from "./check";
import { BASELINES, FOLDERS } from "./suite";

/**
 * `npm run baselines` trains the ONNX baselines on the train splits of public/samples and writes public/models;
 * `npm run baselines -- --check` only says whether they are stale, with exit code 1 if so.
 */
if (process.argv.includes("--check")) {
  const reasons = staleReasons(FOLDERS);
  for (const reason of reasons) console.error(`stale: ${reason}`);
  if (reasons.length > 0) {
    console.error("Run `npm run baselines` and commit public/models.");
    process.exitCode = 1;
  } else console.log(`baselines: ${BASELINES.length} fresh`);
} else {
  mkdirSync(FOLDERS.models, { recursive: true });
  const manifest: ModelManifest = { format: "polytab-models/1", models: [], encoders: [] };
  for (const baseline of BASELINES) {
    const started = Date.now();
    const { entry, onnx, sidecar } = await build(baseline, FOLDERS.samples, (line) =>
      console.log(`${baseline.id}  ${line}`),
    );
    writeFileSync(join(FOLDERS.models, entry.file), onnx);
    writeFileSync(join(FOLDERS.models, entry.sidecar), sidecar);
    manifest.models.push(entry);
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
    console.log(
      `${baseline.id}  ${kilobytes(onnx.length)} and a sidecar of ${kilobytes(sidecar.length)}, ${((Date.now() - started) / 1000).toFixed(1)} s`,
    );
  }
  writeFileSync(join(FOLDERS.models, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
