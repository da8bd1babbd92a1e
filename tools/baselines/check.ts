import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../../src/base";
import { type ModelEntry, type ModelManifest, readModelManifest, readSidecar } from "../../src/learners";
import { dataHashOf, readTask } from "./data";
import { BASELINES, CODE, type Folders } from "./suite";

export const MANIFEST = "models.json";

export function readModels(folders: Folders): ModelManifest | undefined {
  const file = join(folders.models, MANIFEST);
  return existsSync(file) ? readModelManifest(JSON.parse(readFileSync(file, "utf8")), file) : undefined;
}

/**
 * Why the committed models are not those that the data and the code at hand would give, as sentences; none when all is
 * fresh. A task whose sample is not there cannot be checked and says nothing.
 */
export function staleReasons(folders: Folders): string[] {
  const manifest = readModels(folders);
  if (!manifest) return [`there is no ${MANIFEST}`];
  const unknown = manifest.models.filter((model) => !BASELINES.some(({ id }) => id === model.id));
  return [
    ...unknown.map(({ id }) => `${id} is no baseline any more`),
    ...BASELINES.flatMap(({ id }) => {
      const entry = manifest.models.find((model) => model.id === id);
      return entry ? staleEntry(entry, folders) : [`${id} is missing from ${MANIFEST}`];
    }),
  ];
}

function staleEntry(entry: ModelEntry, folders: Folders): string[] {
  const reasons: string[] = [];
  if (entry.trained.code !== CODE) reasons.push(`${entry.id} was trained by ${entry.trained.code}, this is ${CODE}`);
  const onnx = bytesOf(folders.models, entry.file);
  const sidecar = bytesOf(folders.models, entry.sidecar);
  if (!onnx || hashOf(onnx) !== entry.sha256 || onnx.length !== entry.bytes) {
    reasons.push(`${entry.file} is not the file that ${MANIFEST} names`);
  }
  if (!sidecar || hashOf(sidecar) !== entry.sidecarSha256) {
    reasons.push(`${entry.sidecar} is not the file that ${MANIFEST} names`);
  } else readSidecar(JSON.parse(new TextDecoder().decode(sidecar)), entry.sidecar);
  if (existsSync(join(folders.samples, entry.task, "task.json"))) {
    const task = readTask(folders.samples, entry.task);
    if (dataHashOf(folders.samples, task) !== entry.trained.dataSha256) {
      reasons.push(`${entry.id} was trained on another train.parquet of ${entry.task}`);
    }
  }
  return reasons;
}

function bytesOf(folder: string, file: string): Uint8Array | undefined {
  const path = join(folder, file);
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
}
