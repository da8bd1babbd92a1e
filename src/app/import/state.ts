import type { FaultData, Progress } from "../../base";
import type { Footer } from "../../data";
import type { Value } from "../../table";
import type { FileLook, FileRole, ImportAbout, ImportDraft, PicturesLook, Taking } from "../../tasks";

/** A file on the import page. */
export interface WizardFile {
  key: number;
  file: File;
  /** `undefined`: the file is left out. */
  role: FileRole | undefined;
  /** What was read of it. */
  look?: FileLook;
  fault?: FaultData;
}

/** What the import page shows. Nothing of it is kept until the task is made. */
export interface ImportState {
  files: WizardFile[];
  /** Pictures beside them. */
  pictures?: PicturesLook;
  about: Omit<ImportAbout, "label"> & { label: string | undefined };
  /** Columns to choose the label, the id and the group from. */
  columns: string[];
  /** The last plan that held; while files are read or something is corrected it stays in sight. */
  draft?: ImportDraft;
  /** Why there is no plan for what is chosen now. */
  fault?: FaultData;
  busy?: Progress;
  making?: Progress;
  /** Large files of which a part is being chosen. */
  picking: PickState[];
  /** Columns that both tables of records have, where candidate pairs are to be found. */
  blockable?: string[];
}

/** A large file, or one on another host, of which the reader chooses a part. */
export interface PickState {
  key: number;
  name: string;
  /** Of the whole file; 0 where its host does not tell. */
  bytes: number;
  elsewhere: boolean;
  footer?: Footer;
  /** Its first rows, values as short texts. */
  first?: Record<string, Value>[];
  taking: Taking;
  busy?: Progress;
  fault?: FaultData;
}
