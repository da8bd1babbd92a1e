import { unzipSync, type Zippable, zipSync } from "fflate";
import { Fault } from "../../base";

/** More than this after unpacking is no task for a tab, or an archive made to fill one. */
const MOST_UNPACKED = 400_000_000;

export interface Unpacked {
  /** Without its folders: a task's folder is flat. */
  name: string;
  /** Of a file that was unpacked: with them. */
  path?: string;
  bytes: Uint8Array;
}

/**
 * The files of a ZIP archive, without folders and what systems put beside them.
 * @throws Fault `file-damaged`, `file-large`
 */
export function unzipFiles(bytes: Uint8Array, file: string): Unpacked[] {
  let total = 0;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith("/") || /(?:^|\/)(?:__MACOSX\/|\.)/.test(name)) return false;
        total += originalSize;
        if (total > MOST_UNPACKED)
          throw new Fault("file-large", `Cannot unpack ${file}: its files are larger than 400 MB together`, {
            hint: "Unpack it, and bring the files that are needed.",
            where: { file },
          });
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("file-damaged", `Cannot unpack ${file}: the archive is damaged`, {
      hint: "Download or pack it again.",
      where: { file },
      cause,
    });
  }
  return Object.entries(entries).map(([path, content]) => ({
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    bytes: content,
  }));
}

/** An archive of one folder. Parquet is packed already; the same files give the same bytes, whatever the day. */
export function zipFiles(folder: string, files: readonly Unpacked[]): Uint8Array {
  const entries: Zippable = {};
  for (const { name, bytes } of files)
    entries[`${folder}/${name}`] = [bytes, { level: name.endsWith(".parquet") ? 0 : 6, mtime: "1980-01-02" }];
  return zipSync(entries);
}
