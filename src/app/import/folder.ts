import { Fault, hashOf } from "../../base";
import { formatNotebook, parseNotebook, setFront } from "../../notebook";
import { readManifest, SPLIT_NAMES, starterNotebook, type TaskManifest } from "../../tasks";
import type { BroughtTask } from "./session";

export const MANIFEST = "task.json";
const LICENCES = "LICENCES.txt";

/**
 * A task's folder as it is published, dropped or in an archive: taken over as it is, under `id`.
 * @throws Fault `file-missing`, `file-damaged`, `invalid`, each naming the file
 */
export async function readTaskFolder(files: readonly File[], id: (title: string) => string): Promise<BroughtTask> {
  const find = (name: string): File | undefined => files.find((file) => file.name === name);
  const file = find(MANIFEST);
  if (!file) throw new Fault("file-missing", `There is no ${MANIFEST} among the files`);
  const given = readManifest(parse(await file.text()), MANIFEST);
  const manifest: TaskManifest = { ...given, id: id(given.id), baselines: [] };
  const { splits, records } = manifest;
  const tables = [...SPLIT_NAMES.map((split) => splits[split]), ...(records ? [records] : [])];
  const parquet = new Map<string, Uint8Array>();
  for (const { parquet: name, sha256 } of tables) {
    const table = find(name);
    if (!table)
      throw new Fault("file-missing", `The task's folder lacks ${name}, which its ${MANIFEST} names`, {
        hint: "Drop the whole folder, or a .zip of it.",
        where: { file: name },
      });
    const bytes = new Uint8Array(await table.arrayBuffer());
    if (hashOf(bytes) !== sha256.parquet)
      throw new Fault("file-damaged", `${name} is not the file that ${MANIFEST} describes`, {
        hint: "Download the folder again.",
        where: { file: name },
      });
    parquet.set(name, bytes);
  }
  const licences = await find(LICENCES)?.text();
  const starter = (await find(manifest.notebook)?.text()) ?? starterNotebook(manifest);
  return {
    manifest,
    files: parquet,
    texts: new Map([
      [manifest.notebook, formatNotebook(setFront(parseNotebook(starter), "task", manifest.id))],
      ...(licences === undefined ? [] : [[LICENCES, licences] as const]),
    ]),
    warnings: [],
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault("file-damaged", `${MANIFEST} is not JSON`, { where: { file: MANIFEST }, cause });
  }
}
