import type { ImportAbout } from "./about";
import type { FileLook, MadeParts, OpenedTable, PicturesLook } from "./desk";
import type { ImportDraft } from "./draft";
import type { Guess } from "./guess";
import type { PictureFile } from "./picture-files";
import type { FileRole } from "./source";
import type { Unpacked } from "./unzip";

/** What the import's worker answers. It holds the files that it was given until it is ended. */
export type ImportCalls = {
  readCsv: { args: { role: FileRole; file: string; bytes: Uint8Array; label?: string }; result: FileLook };
  take: { args: OpenedTable; result: FileLook };
  unzip: { args: { file: string; bytes: Uint8Array }; result: Unpacked[] };
  /** Files, their texts as bytes, to one archive with a folder in it. */
  zip: { args: { folder: string; files: Unpacked[] }; result: Uint8Array };
  pictures: { args: { files: PictureFile[] }; result: PicturesLook };
  remove: { args: { role: FileRole }; result: null };
  guess: { args: null; result: Guess };
  plan: { args: ImportAbout; result: ImportDraft };
  make: { args: ImportAbout; result: MadeParts };
};
