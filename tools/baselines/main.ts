import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EncoderEntry, type ModelEntry, readModelManifest } from "../../src/learners";
import { build } from "./build";
import { MANIFEST, readModels, staleReasons } from "./check";
import { codeOf, codeOfEncoder } from "./code";
import { buildEncoder } from "./image-encoder";
import { noteOf } from "./lead";
import { ENCODER, FOLDERS, MODEL_IDS, SUITE } from "./suite";

/**
 * `npm run baselines` trains the ONNX models on the train splits of public/samples and writes public/models; with names of
 * tasks, or `image-encoder`, only those. `npm run baselines -- --check` only says whether they are stale, with exit code 1
 * if so.
 */
const names = process.argv.slice(2);
if (names.includes("--check")) {
  const reasons = await staleReasons(FOLDERS);
  for (const reason of reasons) console.error(`stale: ${reason}`);
  if (reasons.length > 0) {
    console.error("Run `npm run baselines` and commit public/models.");
    process.exitCode = 1;
  } else console.log(`baselines: ${MODEL_IDS.length} fresh, and the ${ENCODER.id}`);
} else {
  const known = [...SUITE.map(({ task }) => task), ENCODER.id];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`no baseline is made for ${unknown.join(", ")}: there are ${known.join(", ")}`);
  mkdirSync(FOLDERS.models, { recursive: true });
  for (const name of names.length > 0 ? names : known) {
    const started = Date.now();
    const say = (line: string) => console.log(`${name}  ${line}`);
    const baselines = SUITE.find(({ task }) => task === name);
    if (baselines) {
      const built = await build(baselines, FOLDERS.samples, await codeOf(name), say);
      for (const { files } of built) for (const [file, bytes] of Object.entries(files)) write(file, bytes);
      keep(built.map(({ entry }) => entry));
    } else {
      const { entry, onnx } = await buildEncoder(FOLDERS.samples, codeOfEncoder(), say);
      write(entry.file, onnx);
      keep([], [entry]);
    }
    say(`${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
}

function write(file: string, bytes: Uint8Array): void {
  writeFileSync(join(FOLDERS.models, file), bytes);
}

/** Puts entries into the list, in the suite's order; what is no baseline any more goes. */
function keep(models: readonly ModelEntry[], encoders: readonly EncoderEntry[] = []): void {
  const before = readModels(FOLDERS);
  const all = [...models, ...(before?.models ?? []).filter(({ id }) => !models.some((model) => model.id === id))];
  const manifest = {
    format: "polytab-models/1" as const,
    models: MODEL_IDS.flatMap((id) => all.find((model) => model.id === id) ?? []).map((model) => ({
      ...model,
      note: noteOf(model),
    })),
    encoders: encoders.length > 0 ? encoders : (before?.encoders ?? []),
  };
  write(MANIFEST, new TextEncoder().encode(`${JSON.stringify(readModelManifest(manifest, MANIFEST), null, 2)}\n`));
}
