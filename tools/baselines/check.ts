import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../../src/base";
import { type EncoderEntry, type ModelEntry, type ModelManifest, readModelManifest } from "../../src/learners";
import { codeOf, codeOfEncoder } from "./code";
import { dataHashOf, readTask } from "./data";
import { ENCODER, type Folders, MODEL_IDS } from "./suite";

export const MANIFEST = "models.json";

export function readModels(folders: Folders): ModelManifest | undefined {
  const file = join(folders.models, MANIFEST);
  return existsSync(file) ? readModelManifest(JSON.parse(readFileSync(file, "utf8")), file) : undefined;
}

/**
 * Why the committed models are not those that the data and the code at hand would give, as sentences; none when all is
 * fresh. A task whose sample is not there cannot be checked and says nothing.
 */
export async function staleReasons(folders: Folders): Promise<string[]> {
  const manifest = readModels(folders);
  if (!manifest) return [`there is no ${MANIFEST}`];
  const listed = [...manifest.models, ...manifest.encoders].map(({ id }) => id);
  const expected = [...MODEL_IDS, ENCODER.id];
  const reasons = [
    ...listed.filter((id) => !expected.includes(id)).map((id) => `${id} is no baseline any more`),
    ...expected.filter((id) => !listed.includes(id)).map((id) => `${id} is missing from ${MANIFEST}`),
  ];
  for (const entry of manifest.models)
    if (MODEL_IDS.includes(entry.id)) reasons.push(...(await staleModel(entry, folders)));
  for (const entry of manifest.encoders) if (entry.id === ENCODER.id) reasons.push(...staleEncoder(entry, folders));
  return reasons;
}

async function staleModel(entry: ModelEntry, folders: Folders): Promise<string[]> {
  const { id, task, trained, outOfFold } = entry;
  return [
    ...otherCode(id, trained.code, await codeOf(task)),
    ...otherFile(folders, entry.file, entry.sha256),
    ...otherFile(folders, entry.sidecar, entry.sidecarSha256),
    ...(outOfFold ? otherFile(folders, outOfFold.file, outOfFold.sha256) : []),
    ...otherData(folders, id, task, trained.dataSha256),
  ];
}

function staleEncoder({ id, file, sha256, trained }: EncoderEntry, folders: Folders): string[] {
  return [
    ...otherCode(id, trained.code, codeOfEncoder()),
    ...otherFile(folders, file, sha256),
    ...trained.data.flatMap(({ task, dataSha256 }) => otherData(folders, id, task, dataSha256)),
  ];
}

const otherCode = (id: string, was: string, is: string): string[] =>
  was === is ? [] : [`${id} was trained by ${was}, this is ${is}`];

function otherFile(folders: Folders, file: string, sha256: string): string[] {
  const bytes = bytesOf(folders.models, file);
  return bytes && hashOf(bytes) === sha256 ? [] : [`${file} is not the file that ${MANIFEST} names`];
}

function otherData({ samples }: Folders, id: string, task: string, sha256: string): string[] {
  if (!existsSync(join(samples, task, "task.json"))) return [];
  if (dataHashOf(samples, readTask(samples, task)) === sha256) return [];
  return [`${id} was trained on another train.parquet of ${task}`];
}

function bytesOf(folder: string, file: string): Uint8Array | undefined {
  const path = join(folder, file);
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
}
