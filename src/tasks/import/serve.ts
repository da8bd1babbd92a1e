import { Fault, type Port, serveCalls } from "../../base";
import { createImportDesk } from "./desk";
import { kindOfFile } from "./file-kind";
import type { ImportCalls } from "./protocol";
import { unzipFiles, zipFiles } from "./unzip";

/** More than this after unpacking is no table for a tab, or an archive made to fill one. */
const MOST_UNPACKED = 400_000_000;

/** Answers an import's calls on a port. */
export function serveImport(port: Port): void {
  const desk = createImportDesk();
  serveCalls<ImportCalls>(port, {
    readCsv: async ({ role, file, bytes, label }, { progress }) => {
      const text = kindOfFile(bytes, file) === "gzip" ? await unpack(bytes, file) : bytes;
      kindOfFile(text, file);
      return desk.readCsv(text, {
        role,
        file,
        label,
        onProgress: (rows) => progress({ done: 0, note: `${rows.toLocaleString("en")} rows of ${file}` }),
      });
    },
    take: (opened) => desk.take(opened),
    unzip: ({ file, bytes }, { transfer }) => {
      const files = unzipFiles(bytes, file);
      transfer(files.map((each) => each.bytes.buffer));
      return files;
    },
    zip: ({ folder, files }, { transfer }) => {
      const bytes = zipFiles(folder, files);
      transfer([bytes.buffer]);
      return bytes;
    },
    pictures: ({ files }) => desk.addPictures(files),
    remove: ({ role }) => {
      desk.remove(role);
      return null;
    },
    guess: () => desk.guess(),
    plan: (about) => desk.plan(about),
    make: async (about, { transfer }) => {
      const parts = await desk.make(about);
      transfer([
        ...Object.values(parts.splits).map(({ arrow }) => arrow.buffer),
        ...(parts.testLabels ? [parts.testLabels.buffer] : []),
      ]);
      return parts;
    },
  });
}

async function unpack(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("gzip"));
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      length += next.value.length;
      if (length > MOST_UNPACKED) throw new RangeError("too long");
    }
  } catch (cause) {
    const long = cause instanceof RangeError;
    throw new Fault(
      "file-damaged",
      `Cannot read ${file}: ${long ? "unpacked it is larger than 400 MB" : "its gzip packing is damaged"}`,
      {
        hint: long ? "Take a part of its rows." : "Download or pack it again.",
        where: { file },
        cause,
      },
    );
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
