import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import { Fault, hash32, readAs, z } from "../base";
import { DICTIONARY_1 } from "./dictionary";

/** What a link carries: the notebook's text, and what its author saw. */
export interface Shared {
  markdown: string;
  /** The task's id and data hash (first 12 hex digits) that the scores belong to. */
  task?: { id: string; data: string };
  /** Score cell name to its primary values by predictions name, as the author's tab computed them. */
  scores?: Record<string, Record<string, number>>;
  /** The notebook on every task of its track: task to its data hash (first 12 hex digits) and score. */
  across?: Record<string, [data: string, score: number]>;
}

/** Longest link text read, and the longest notebook that one may inflate to. */
const MOST_CHARACTERS = 500_000;
const MOST_BYTES = 2_000_000;

const provenanceSchema = z.object({
  t: z.tuple([z.string().max(200), z.string().max(64)]).optional(),
  s: z.record(z.string().max(200), z.record(z.string().max(200), z.number())).optional(),
  a: z.record(z.string().max(200), z.tuple([z.string().max(64), z.number()])).optional(),
});

const HINT = "Ask for the link again, or for the notebook as an .md file: chat programs cut or change long links.";

/**
 * The fragment's value after `#nb=`: `1` (the form), the deflated payload in base64url, and a checksum over it, joined
 * by dots. The payload is a JSON line of provenance, a line break, and the notebook's text.
 */
export function encodeLink(shared: Shared): string {
  const provenance = JSON.stringify({
    t: shared.task && [shared.task.id, shared.task.data],
    s: shared.scores,
    a: shared.across,
  });
  const payload = strToU8(`${provenance}\n${shared.markdown}`);
  const packed = toBase64Url(deflateSync(payload, { level: 9, mem: 9, dictionary: dictionary() }));
  return `1.${packed}.${checksum(packed)}`;
}

/** @throws Fault `link-damaged`, `link-newer` or `link-large`, each with the way out; never touches anything. */
export function decodeLink(text: string): Shared {
  if (text.length > MOST_CHARACTERS)
    throw new Fault(
      "link-large",
      `This link is ${text.length} characters long; the longest that is read has ${MOST_CHARACTERS}`,
      { hint: "Ask for the notebook as an .md file." },
    );
  const [form, packed, sum, ...rest] = text.trim().split(".");
  if (/^\d+$/.test(form) && Number(form) > 1)
    throw new Fault("link-newer", `This link was made by a newer Polytab (form ${form})`, {
      hint: "Reload the page to get the newest version.",
    });
  if (form !== "1" || packed === undefined || rest.length > 0)
    throw new Fault("link-damaged", "This is not a Polytab notebook link", { hint: HINT });
  if (sum === undefined)
    throw new Fault("link-damaged", "This link is cut off: its checksum is missing", { hint: HINT });
  if (checksum(packed) !== sum)
    throw new Fault("link-damaged", "This link is damaged: its checksum does not fit", { hint: HINT });
  const payload = inflate(fromBase64Url(packed));
  const end = payload.indexOf("\n");
  const provenance = readAs(provenanceSchema, parseJson(payload.slice(0, Math.max(0, end))), "the link's provenance");
  return {
    markdown: payload.slice(end + 1),
    ...(provenance.t && { task: { id: provenance.t[0], data: provenance.t[1] } }),
    ...(provenance.s && { scores: provenance.s }),
    ...(provenance.a && { across: provenance.a }),
  };
}

function dictionary(): Uint8Array {
  return strToU8(DICTIONARY_1);
}

/** Inflates piece by piece and stops at the cap, so that a bomb costs no more than the cap. */
function inflate(packed: Uint8Array): string {
  const pieces: Uint8Array[] = [];
  let total = 0;
  const damaged = (cause: unknown) =>
    new Fault("link-damaged", "This link is damaged: its text cannot be unpacked", { hint: HINT, cause });
  const inflater = new Inflate({ dictionary: dictionary() });
  let ended = false;
  inflater.ondata = (piece, final) => {
    total += piece.length;
    if (total > MOST_BYTES)
      throw new Fault("link-large", `The notebook in this link is larger than ${MOST_BYTES / 1e6} MB`, {
        hint: "Ask for the notebook as an .md file.",
      });
    pieces.push(piece);
    ended ||= final;
  };
  try {
    for (let at = 0; at < packed.length; at += 1024)
      inflater.push(packed.subarray(at, at + 1024), at + 1024 >= packed.length);
  } catch (error) {
    throw error instanceof Fault ? error : damaged(error);
  }
  if (!ended) throw damaged(undefined);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return strFromU8(bytes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault("link-damaged", "This link is damaged: its provenance cannot be read", { hint: HINT, cause });
  }
}

function checksum(text: string): string {
  return hash32(text).toString(36).padStart(7, "0");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(4, bytes.length - i + 1);
    for (let d = 0; d < digits; d++) text += ALPHABET[(triple >> (18 - 6 * d)) & 63];
  }
  return text;
}

function fromBase64Url(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0)
      throw new Fault("link-damaged", `This link is damaged: it holds the character "${letter}"`, { hint: HINT });
    bits = ((bits << 6) | digit) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 255;
    }
  }
  return bytes.subarray(0, at);
}
