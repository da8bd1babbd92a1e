import { crc32, deflateRawSync } from "node:zlib";
import { encodeLink } from "../../src/share";
import { sealed } from "../../src/share/link";
import { block, FINE, FRONT, linkOf } from "./notebook";

/** 200 MB of zeros in 200 kB. */
const zeros = new Uint8Array(200_000_000);
const packed = deflateRawSync(zeros, { level: 9 });

const claiming = (form: string): string =>
  `#nb=${sealed(form, Uint8Array.of(255, 255, 255, 127, 255, 255, 255, 127, 1, 2, 3))}`;

/** Fragments, and what the page says of each: it is refused, or it opens and has run nothing. */
export const LINKS: Record<string, { fragment: () => string; says: string }> = {
  "a deflate bomb in a link": {
    fragment: () => `#nb=${sealed("1", packed)}`,
    says: "This link does not open",
  },
  "a link that claims to be long": { fragment: () => claiming("2"), says: "This link does not open" },
  "a link of today's form that claims to be long": { fragment: () => claiming("3"), says: "This link does not open" },
  "a notebook of 100,000 cells": {
    fragment: () => linkOf(`${FRONT}${"```sql\n```\n".repeat(100_000)}`),
    says: "the most is",
  },
  "names of the language in a link's scores": {
    fragment: () => {
      const scores = JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": { "toString": 1 } }');
      return `#nb=${encodeLink({ markdown: `${FRONT}${FINE}`, scores })}`;
    },
    says: "Nothing has run",
  },
  "a text that a pattern never gets through": {
    fragment: () => linkOf(`${FRONT}a${"\n\r".repeat(5_000)}x`),
    says: "Nothing has run",
  },
  "Markdown that nests without an end": {
    fragment: () =>
      linkOf(
        `${FRONT}${[">".repeat(5_000), "[".repeat(5_000), "a**b".repeat(1_400)]
          .map((hard) => `${hard}\n\n${FINE.replace("fine", `f${hard.charCodeAt(0)}`)}`)
          .join("\n")
          .repeat(5)}`,
      ),
    says: "Nothing has run",
  },
  "a notebook of 2,000 cells": {
    fragment: () =>
      linkOf(`${FRONT}${Array.from({ length: 1_999 }, (_, i) => block("sql", `c${i}`, "select 1")).join("")}`),
    says: "Nothing has run",
  },
};

/** Archives that are dropped on the page; each is refused with a fault. */
export const ARCHIVES: Record<string, () => Buffer> = {
  "a zip bomb": () => zipOfZeros(zeros.length),
  "a zip bomb that lies about its size": () => zipOfZeros(1_000),
};

/** Three files of zeros. fflate would take 8 s to pack each of them. */
function zipOfZeros(claimed: number): Buffer {
  const crc = crc32(zeros);
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const name of ["train.csv", "test.csv", "x.csv"]) {
    // From the version needed to the length of the name: what the local header and the directory share.
    const shared = Buffer.alloc(24);
    for (const [offset, value] of [
      [0, 20],
      [4, 8],
      [22, name.length],
    ])
      shared.writeUInt16LE(value, offset);
    for (const [offset, value] of [
      [10, crc],
      [14, packed.length],
      [18, claimed],
    ])
      shared.writeUInt32LE(value, offset);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), shared, Buffer.alloc(2), Buffer.from(name), packed]);
    const place = Buffer.alloc(16);
    place.writeUInt32LE(at, 12);
    directory.push(
      Buffer.concat([
        Buffer.from("PK\u0001\u0002\u0014\0"),
        shared,
        Buffer.alloc(2),
        place.subarray(2),
        Buffer.from(name),
      ]),
    );
    locals.push(local);
    at += local.length;
  }
  const names = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(3, 8);
  end.writeUInt16LE(3, 10);
  end.writeUInt32LE(names.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, names, end]);
}
