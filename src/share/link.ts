import { strFromU8, strToU8 } from "fflate";
import { Fault, hash32 } from "../base";
import { fromBase64Url, toBase64Url } from "./base64url";
import { packDeflated, unpackDeflated } from "./deflated";
import { damaged, tooLarge, unreadable } from "./faults";
import { packMixed, unpackMixed } from "./mixed";
import { PRIMING_2 } from "./priming";
import { PRIMING_3 } from "./priming-3";
import { formatProvenance, type Packed, readProvenance, type Shared } from "./provenance";

/** Longest link text read. */
const MOST_CHARACTERS = 500_000;
/** Longest notebook and provenance of forms 2 and 3, in bytes: it costs a microsecond a bit, so longer ones are deflated. */
const MOST_MIXED = 65_536;

/** A form of the payload. One that has landed is never changed: every link ever made opens. */
const FORMS: Record<string, (bytes: Uint8Array) => Packed> = {
  "1": unpackDeflated,
  "2": (bytes) => readMixed(bytes, PRIMING_2),
  "3": (bytes) => readMixed(bytes, PRIMING_3),
};
const NEWEST = 3;

/**
 * The fragment's value after `#nb=`: the form's number, the packed payload in base64url, and a checksum over it, joined by
 * dots.
 * @throws Fault `link-large` for a notebook that would not come back
 */
export function encodeLink(shared: Shared): string {
  const { markdown } = shared;
  const mixed = writeMixed({ markdown, provenance: formatProvenance(shared, true) });
  if (mixed) return sealed("3", mixed);
  const link = sealed("1", packDeflated({ markdown, provenance: formatProvenance(shared, false) }));
  if (link.length > MOST_CHARACTERS)
    throw new Fault(
      "link-large",
      `The link would have ${link.length} characters; the longest that is read has ${MOST_CHARACTERS}`,
      {
        hint: "Send the notebook as an .md file: Share, Notebook (.md).",
      },
    );
  return link;
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
  if (/^\d+$/.test(form) && Number(form) > NEWEST)
    throw new Fault("link-newer", `This link was made by a newer Polytab (form ${form})`, {
      hint: "Reload the page to get the newest version.",
    });
  if (!Object.hasOwn(FORMS, form) || packed === undefined || rest.length > 0)
    throw damaged("This is not a Polytab notebook link");
  if (sum === undefined) throw damaged("This link is cut off: its checksum is missing");
  if (sum !== checksum(form, packed)) throw damaged("This link is damaged: its checksum does not fit");
  const bytes = fromBase64Url(packed);
  if ("foreign" in bytes) throw damaged(`This link is damaged: it holds the character "${bytes.foreign}"`);
  const { markdown, provenance } = FORMS[form](bytes);
  return { markdown, ...readProvenance(provenance, markdown) };
}

/** The link of a payload: for tests too, which make ones that nobody would. */
export function sealed(form: string, bytes: Uint8Array): string {
  const packed = toBase64Url(bytes);
  return `${form}.${packed}.${checksum(form, packed)}`;
}

/** Form 1 has it over the payload alone, later forms over their number too. */
function checksum(form: string, packed: string): string {
  return hash32(form === "1" ? packed : `${form}.${packed}`)
    .toString(36)
    .padStart(7, "0");
}

/** Forms 2 and 3: the lengths of text and provenance in bytes, then both as the mixing predictor packs them. */
function writeMixed({ markdown, provenance }: Packed): Uint8Array | undefined {
  const text = strToU8(markdown);
  const bytes = strToU8(markdown + provenance);
  if (bytes.length > MOST_MIXED) return undefined;
  const head = [...counted(text.length), ...counted(bytes.length - text.length)];
  const packed = packMixed(bytes, PRIMING_3);
  const whole = new Uint8Array(head.length + packed.length);
  whole.set(head);
  whole.set(packed, head.length);
  return whole;
}

function readMixed(bytes: Uint8Array, priming: string): Packed {
  const text = readCount(bytes, 0);
  const provenance = readCount(bytes, text.next);
  const total = text.value + provenance.value;
  if (total > MOST_MIXED) throw tooLarge(MOST_MIXED);
  const whole = unpackMixed(bytes.subarray(provenance.next), total, priming);
  return { markdown: strFromU8(whole.subarray(0, text.value)), provenance: strFromU8(whole.subarray(text.value)) };
}

/** Seven bits a byte, the lowest first; all but the last have their top bit set. */
function counted(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left >= 128) {
    bytes.push((left & 127) | 128);
    left >>>= 7;
  }
  return [...bytes, left];
}

function readCount(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 4 && at + i < bytes.length; i++) {
    value += (bytes[at + i] & 127) * 128 ** i;
    if (bytes[at + i] < 128) return { value, next: at + i + 1 };
  }
  throw unreadable();
}
