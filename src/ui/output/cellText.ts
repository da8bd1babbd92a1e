import { type Column, valueAt } from "../../table";
import { formatBytes, formatNumber } from "../parts/format";

/** No cell of a grid shows more than this; the whole value is one click away. */
const SHOWN = 240;

/** A value as one line of text for a table's cell; `null` for a missing one. Pictures are drawn, not written. */
export function cellText(column: Column, row: number): string | null {
  const value = valueAt(column, row);
  if (value === null || value === undefined) return null;
  switch (column.kind) {
    case "number":
      return formatNumber(value as number);
    case "bytes":
      return `${formatBytes((value as Uint8Array).length)} of data`;
    case "vector": {
      const vector = value as Float32Array;
      const first = Array.from(vector.subarray(0, 4), (each) => formatNumber(each, 3)).join(", ");
      return vector.length > 4 ? `[${first}, … ${vector.length}]` : `[${first}]`;
    }
    case "other":
      return clip(JSON.stringify(value) ?? String(value));
    default:
      return clip(String(value));
  }
}

/** The whole value, for reading and copying. */
export function fullText(column: Column, row: number): string {
  const value = valueAt(column, row);
  if (value === null || value === undefined) return "";
  if (column.kind === "vector")
    return `[${Array.from(value as Float32Array, (each) => formatNumber(each)).join(", ")}]`;
  if (column.kind === "other") return JSON.stringify(value, null, 2) ?? String(value);
  if (column.kind === "bytes") return `${formatBytes((value as Uint8Array).length)} of data`;
  return String(value);
}

const PICTURE_SIGNATURES = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
];

/** Whether bytes are a picture that an <img> can show: by their first bytes, never by a name. */
export function isPicture(bytes: Uint8Array): boolean {
  if (PICTURE_SIGNATURES.some((signature) => signature.every((byte, i) => bytes[i] === byte))) return true;
  return fourLetters(bytes, 0) === "RIFF" && fourLetters(bytes, 8) === "WEBP";
}

function fourLetters(bytes: Uint8Array, from: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + 4));
}

function clip(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** A comfortable width in px for a column, by its name and the values of a sample. */
export function columnWidth(column: Column): number {
  const heading = column.name.length * 7.2 + 46;
  if (column.kind === "bytes") return Math.round(Math.min(220, Math.max(84, heading)));
  let longest = 0;
  const sample = Math.min(column.values.length, 100);
  for (let row = 0; row < sample; row++) longest = Math.max(longest, cellText(column, row)?.length ?? 1);
  const most = column.kind === "number" || column.kind === "boolean" ? 160 : 340;
  return Math.round(Math.max(Math.min(heading, 220), Math.min(most, longest * 7.6 + 26), 64));
}
