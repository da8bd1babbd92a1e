import { Fault } from "../base";
import type { TableFile } from "./protocol";

const PARQUET_MARK = [0x50, 0x41, 0x52, 0x31]; // PAR1, at either end of a whole file

/** What is wrong with a file at first sight, before an engine reads it. */
export function brokenFile({ file, format, bytes }: TableFile): Fault | undefined {
  const where = { file };
  if (bytes.length === 0)
    return new Fault("file-damaged", `Cannot read ${file}: it is empty`, {
      hint: "Save or download it again.",
      where,
    });
  if (format === "csv") return undefined;
  const begins = PARQUET_MARK.every((byte, i) => bytes[i] === byte);
  const ends = PARQUET_MARK.every((byte, i) => bytes[bytes.length - 4 + i] === byte);
  if (!begins)
    return new Fault("file-damaged", `Cannot read ${file}: it is not a Parquet file`, {
      hint: "A Parquet file begins with the letters PAR1. If this is a CSV file, its name should end in .csv.",
      where,
    });
  if (!ends || bytes.length < 12)
    return new Fault(
      "file-damaged",
      `Cannot read ${file}: it is cut off after ${bytes.length.toLocaleString("en")} bytes`,
      {
        hint: "Download or copy it again: the end of the file, which says where its columns are, is missing.",
        where,
      },
    );
  return undefined;
}
