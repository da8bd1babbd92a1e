import { Fault } from "../../base";
import { counted, listed } from "./source";

export interface Decoded {
  text: string;
  encoding: string;
  /** Lines that are no UTF-8 in a file that is, and were read as Windows-1252 instead. */
  strayLines: number[];
}

const NUL = 0;
const LINE_FEED = 10;
/** So many bytes tell UTF-16 from other text. */
const PROBE = 4096;

/**
 * Text from bytes: by the byte order mark; without one UTF-16 where every other byte is zero, else UTF-8, else line by
 * line UTF-8 or Windows-1252, which is what spreadsheets on Windows write. Windows-1252 reads any bytes, so a file that
 * has one bad line among good UTF-8 is not read as a whole in it: every accent of the good lines would be wrong.
 * @throws Fault `file-binary` for a file that holds NUL characters
 */
export function decodeText(bytes: Uint8Array, file: string): Decoded {
  const decoded = decode(bytes);
  const nul = decoded.text.indexOf("\0");
  if (nul < 0) return decoded;
  let line = 1;
  for (let i = 0; i < nul; i++) if (decoded.text.charCodeAt(i) === LINE_FEED) line++;
  throw new Fault("file-binary", `Cannot read ${file}: line ${line} holds a NUL character`, {
    hint: "The file is no text, or is damaged. Save it again as CSV (UTF-8).",
    where: { file, line },
  });
}

function decode(bytes: Uint8Array): Decoded {
  const plain = (label: string, encoding: string, from = 0): Decoded => ({
    text: new TextDecoder(label, { ignoreBOM: true }).decode(bytes.subarray(from)),
    encoding,
    strayLines: [],
  });
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return utf8(bytes.subarray(3));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return plain("utf-16le", "UTF-16", 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return plain("utf-16be", "UTF-16", 2);
  const zeros = [0, 0];
  const probed = Math.min(bytes.length, PROBE);
  for (let i = 0; i < probed; i++) if (bytes[i] === NUL) zeros[i & 1]++;
  // Latin letters in UTF-16 are a letter and a zero; a binary file has its zeros on either side.
  if (zeros[1] > probed * 0.3 && zeros[0] < probed * 0.05) return plain("utf-16le", "UTF-16");
  if (zeros[0] > probed * 0.3 && zeros[1] < probed * 0.05) return plain("utf-16be", "UTF-16");
  return utf8(bytes);
}

function utf8(bytes: Uint8Array): Decoded {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return { text: strict.decode(bytes), encoding: "UTF-8", strayLines: [] };
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
  }
  const parts: string[] = [];
  const strayLines: number[] = [];
  let accented = 0; // lines with more than ASCII that are UTF-8
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    line++;
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    const piece = bytes.subarray(start, end);
    try {
      const text = strict.decode(piece);
      if (text.length < piece.length) accented++;
      parts.push(text);
    } catch {
      strayLines.push(line);
      parts.push(windows1252(piece));
    }
    start = end;
  }
  const text = parts.join("");
  return accented === 0 ? { text, encoding: "Windows-1252", strayLines: [] } : { text, encoding: "UTF-8", strayLines };
}

/** 0x80 to 0x9f of Windows-1252 (WHATWG Encoding). Node 20's own decoder takes them for Latin-1 control characters. */
const WINDOWS =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

function windows1252(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte >= 0x80 && byte < 0xa0 ? WINDOWS[byte - 0x80] : String.fromCharCode(byte);
  return text;
}

/** The fault of a file in two encodings, or the sentence for a reader who lets it pass. */
export function mixedEncodings(file: string, lines: readonly number[]): string {
  const places = lines.map((line) => `line ${line}`);
  return `${file} is in two encodings: ${counted(lines.length, "line")} not UTF-8 like the rest (${listed(places)})`;
}
