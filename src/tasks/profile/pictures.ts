import { Fault } from "../../base";
import { readPictureHeader, type Table } from "../../table";
import { answerOf, type PerSplit, perSplit } from "./answer";
import { type Frame, type ProfiledColumn, stackedSql } from "./frame";
import type { MeasureProfile } from "./measures";

/** What a column's pictures are, without decoding one. */
export interface PictureFacts {
  present: PerSplit<number>;
  /** Pictures whose bytes differ. */
  distinct: PerSplit<number>;
  /** Rows of validation and test whose picture occurs in train too, byte for byte. */
  inTrain: PerSplit<number>;
  /** Formats and sizes in px, most frequent first. A JPEG keeps its size too deep inside: it has none here. */
  sizes: PictureSize[];
  /** Rows whose bytes begin like no known picture, or end inside the header. */
  broken: PerSplit<number>;
  /** Formats, sizes and broken ones were read of one in so many of the distinct pictures; 1 where of all. */
  oneIn: number;
}

export interface PictureSize {
  format: string;
  width?: number;
  height?: number;
  rows: PerSplit<number>;
}

/** Base64 letters of a picture's first 30 bytes: every header but JPEG's lies in them. */
const HEAD_LETTERS = 40;
/** Bytes that are turned into Base64 at most. 100 MB take about half a second. */
const MOST_BYTES = 100e6;
const MOST_HEADS = 4000;
const SAMPLE = 200;
const SAMPLE_BYTES = 20e6;

export function pictureCountsSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  const counts = columns.map(
    (_, i) =>
      `count(c${i})::integer as n${i}, count(distinct hash(c${i})) filter (where c${i} is not null)::integer as d${i}`,
  );
  return `select split, ${counts.join(", ")} from ${stackedSql(frame, columns)} group by split`;
}

/** Of how many distinct pictures one is read, so that the memory for it stays small. */
export function oneInOf({ summary }: MeasureProfile): number {
  const total = [summary.train, summary.validation, summary.test].reduce(
    (sum, { present, mean }) => sum + (present > 0 ? present * mean : 0),
    0,
  );
  return Math.max(1, Math.ceil(total / MOST_BYTES));
}

/** The first bytes of the distinct pictures (`head`, Base64) with their rows, of every column (`item`, its place). */
export function headsSql(frame: Frame, columns: readonly ProfiledColumn[], oneIn: readonly number[]): string {
  const from = stackedSql(frame, columns);
  return columns
    .map((_, i) => {
      const few = oneIn[i] > 1 ? ` and hash(c${i}) % ${oneIn[i]} = 0` : "";
      const distinct = `select split, first(c${i}) as picture, count(*) as n from ${from} where c${i} is not null${few} group by split, hash(c${i})`;
      return `(select ${i} as item, split, left(to_base64(picture), ${HEAD_LETTERS}) as head, sum(n)::integer as n
from (${distinct}) group by all order by n desc, head limit ${MOST_HEADS})`;
    })
    .join("\nunion all ");
}

export function readPictureFacts(
  { counts, heads }: { counts: Table; heads: Table },
  columns: readonly ProfiledColumn[],
  inTrain: readonly PerSplit<number>[],
  oneIn: readonly number[],
): PictureFacts[] {
  const counted = answerOf(counts);
  const facts = columns.map((_, i): PictureFacts => {
    const present = perSplit(() => 0);
    const distinct = perSplit(() => 0);
    for (let row = 0; row < counted.rows; row++) {
      present[counted.split(row)] = counted.count(`n${i}`, row);
      distinct[counted.split(row)] = counted.count(`d${i}`, row);
    }
    return { present, distinct, inTrain: inTrain[i], sizes: [], broken: perSplit(() => 0), oneIn: oneIn[i] };
  });
  const sizes = columns.map(() => new Map<string, PictureSize>());
  const answer = answerOf(heads);
  for (let row = 0; row < answer.rows; row++) {
    const i = answer.count("item", row);
    const split = answer.split(row);
    const rows = answer.count("n", row);
    const header = headerOf(answer.text("head", row) ?? "");
    if (!header) {
      facts[i].broken[split] += rows;
      continue;
    }
    const key = `${header.format} ${header.width} ${header.height}`;
    const size = sizes[i].get(key) ?? { ...header, rows: perSplit(() => 0) };
    size.rows[split] += rows;
    sizes[i].set(key, size);
  }
  const total = ({ rows }: PictureSize): number => rows.train + rows.validation + rows.test;
  facts.forEach((each, i) => {
    each.sizes = [...sizes[i].values()].sort((a, b) => total(b) - total(a));
  });
  return facts;
}

/** Format and size told by the first bytes; `undefined` for what is no picture. */
function headerOf(base64: string): Omit<PictureSize, "rows"> | undefined {
  const letters = atob(base64.slice(0, base64.length - (base64.length % 4)));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return { format: "jpeg" };
  try {
    const { format, width, height } = readPictureHeader(bytes);
    return { format, width, height };
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/**
 * At most 200 distinct pictures of train (`picture`, `label`), the same each time; fewer where they are large.
 * @param meanBytes of a picture
 */
export function pictureSampleSql(frame: Frame, column: ProfiledColumn, meanBytes: number): string {
  const count = Math.max(24, Math.min(SAMPLE, Math.floor(SAMPLE_BYTES / Math.max(1, meanBytes))));
  return `select first(c0) as picture, first(label) as label from ${stackedSql(frame, [column], ["train"])}
where c0 is not null group by hash(c0) order by hash(c0) limit ${count}`;
}
