import { Fault } from "../base";
import { readEngineError } from "./faults";
import type { TableFile } from "./protocol";

/** What a file is called inside the engine while it is read. */
export const LOADING = "__loading";
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
  return brokenEnds(file, bytes.length, bytes.subarray(0, 4), bytes.subarray(bytes.length - 4));
}

/** The same of a file that is opened where it lies. @throws Fault `file-damaged` */
export async function checkEnds(source: Blob, file: string): Promise<void> {
  const part = async (from: number): Promise<Uint8Array> =>
    new Uint8Array(await source.slice(Math.max(0, from), Math.max(0, from) + 4).arrayBuffer());
  const broken = brokenEnds(file, source.size, await part(0), await part(source.size - 4));
  if (broken) throw broken;
}

function brokenEnds(file: string, length: number, head: Uint8Array, tail: Uint8Array): Fault | undefined {
  const where = { file };
  const begins = PARQUET_MARK.every((byte, i) => head[i] === byte);
  const ends = PARQUET_MARK.every((byte, i) => tail[i] === byte);
  if (!begins)
    return new Fault("file-damaged", `Cannot read ${file}: it is not a Parquet file`, {
      hint: "A Parquet file begins with the letters PAR1. If this is a CSV file, its name should end in .csv.",
      where,
    });
  if (!ends || length < 12)
    return new Fault("file-damaged", `Cannot read ${file}: it is cut off after ${length.toLocaleString("en")} bytes`, {
      hint: "Download or copy it again: the end of the file, which says where its columns are, is missing.",
      where,
    });
  return undefined;
}

const CODECS = ["uncompressed", "snappy", "gzip", "LZO", "Brotli", "LZ4", "zstd", "LZ4"];

/** What a whole Parquet file is written with that the engine lacks, by its words for it. */
function lackingAbility(message: string): string | undefined {
  const codec = /Unsupported compression codec "(\w+)"/.exec(message)?.[1];
  if (codec) return `packed with ${CODECS[Number(codec)] ?? codec}`;
  const encoding = /Unsupported (?:page )?(?:encoding|type)[^)]*/i.exec(message);
  return encoding ? `written in a newer way (${encoding[0].trim()})` : undefined;
}

/** Whatever goes wrong while a file is read is put down to the file, a crash of the engine too. `called` is its name there. */
export function unreadable(
  { file, format }: Pick<TableFile, "file" | "format">,
  error: unknown,
  called = LOADING,
): Fault {
  const { code, message } = readEngineError(error, { sql: "", known: [], columns: () => [] });
  const lacking = format === "parquet" ? lackingAbility(message) : undefined;
  if (lacking)
    return new Fault(
      "file-unsupported",
      `Cannot read ${file}: it is ${lacking}, which this page's engine does not read`,
      {
        hint: "Write it again packed with snappy or zstd, which is what most programs do unless told otherwise.",
        where: { file },
        cause: error,
      },
    );
  const detail = message.replaceAll(`"${called}"`, "it").replaceAll(called, "it");
  const reason =
    code === "sql-memory"
      ? "it needs more memory than a browser tab has"
      : format === "csv"
        ? detail.charAt(0).toLowerCase() + detail.slice(1)
        : `its contents are damaged (${detail})`;
  return new Fault("file-damaged", `Cannot read ${file}: ${reason}`, {
    hint:
      format === "csv"
        ? "Correct the line, or save the file again as CSV with a header and quoted texts."
        : "The file may be damaged or cut off. Save or download it again.",
    where: { file },
    cause: error,
  });
}
