import { Fault } from "../../base";

export type FileKind = "parquet" | "text" | "gzip";

const PICTURES = "Bring it together with the table that has a column of its file name.";

const MARKS: { kind: string; bytes: number[]; hint: string }[] = [
  {
    kind: "a ZIP archive or an Excel workbook",
    bytes: [0x50, 0x4b, 0x03, 0x04],
    hint: "Unpack it, or save the sheet as CSV (UTF-8).",
  },
  { kind: "an old Excel workbook", bytes: [0xd0, 0xcf, 0x11, 0xe0], hint: "Save the sheet as CSV (UTF-8)." },
  { kind: "an Arrow or Feather file", bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], hint: "Save it as Parquet." },
  { kind: "an HDF5 file", bytes: [0x89, 0x48, 0x44, 0x46], hint: "Save it as Parquet or CSV." },
  { kind: "a PDF document", bytes: [0x25, 0x50, 0x44, 0x46], hint: "Give the table as CSV or Parquet." },
  { kind: "compressed with zstd", bytes: [0x28, 0xb5, 0x2f, 0xfd], hint: "Unpack it first." },
  { kind: "compressed with bzip2", bytes: [0x42, 0x5a, 0x68], hint: "Unpack it first." },
  { kind: "compressed with xz", bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], hint: "Unpack it first." },
  {
    kind: "a picture",
    bytes: [0x89, 0x50, 0x4e, 0x47],
    hint: PICTURES,
  },
  {
    kind: "a picture",
    bytes: [0xff, 0xd8, 0xff],
    hint: PICTURES,
  },
];

/** What a text begins with that is no table. */
const TEXTS: { kind: string; begins: RegExp; hint: string }[] = [
  {
    kind: "a web page",
    begins: /^\s*<(?:!doctype html|html)/i,
    hint: "Download the file itself, not the page that shows it.",
  },
  {
    kind: "a pointer of Git LFS, not the file itself",
    begins: /^version https:\/\/git-lfs/,
    hint: "Fetch it with git lfs pull, or download it.",
  },
  { kind: "JSON", begins: /^\s*[[{]/, hint: "Save it as CSV or Parquet." },
];

/**
 * What a file is, by how it begins: its name may say anything.
 * @throws Fault `file-kind` for what is no table, naming what it is
 */
export function kindOfFile(bytes: Uint8Array, file: string): FileKind {
  const where = { file };
  if (bytes.length === 0)
    throw new Fault("file-empty", `Cannot read ${file}: it is empty`, { hint: "Save or download it again.", where });
  const begins = (mark: readonly number[]): boolean => mark.every((byte, i) => bytes[i] === byte);
  if (begins([0x50, 0x41, 0x52, 0x31])) return "parquet";
  if (begins([0x1f, 0x8b])) return "gzip";
  const other = MARKS.find((mark) => begins(mark.bytes));
  const head = other ? "" : new TextDecoder().decode(bytes.subarray(0, 200));
  const found = other ?? TEXTS.find((text) => text.begins.test(head));
  if (found) throw new Fault("file-kind", `Cannot read ${file}: it is ${found.kind}`, { hint: found.hint, where });
  return "text";
}
