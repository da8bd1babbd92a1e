/** What a Parquet file's end says of how much it holds. */
export interface ParquetCounts {
  rows: number;
  /** Rows of each row group. */
  groups: number[];
  /** Values of each row group's first column by the heads of its own pages; undefined where that column is nested. */
  paged: number[] | undefined;
  /** Columns at the top: a nested one counts once. */
  columns: number;
}

/**
 * Reads the counts in a Parquet file's footer (Thrift's compact protocol; parquet.thrift, FileMetaData), which the engine
 * takes on trust. `undefined` where it cannot be read: the engine says then what is wrong.
 */
export function parquetCounts(bytes: Uint8Array): ParquetCounts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const length = view.getUint32(bytes.length - 8, true);
    const { rows, groups, columns, chunks } = readFile(createReader(view, bytes.length - 8 - length));
    return { rows, groups, columns, paged: pagedOf(view, chunks) };
  } catch (error) {
    if (error instanceof RangeError) return undefined; // past the end, or not Thrift
    throw error;
  }
}

/** Where the pages of a column in a row group lie, and how many names its path has. */
interface Chunk {
  start: number;
  size: number;
  depth: number;
}

function pagedOf(view: DataView, chunks: readonly Chunk[]): number[] | undefined {
  if (chunks.some(({ depth }) => depth !== 1)) return undefined; // what is nested has another number of values than of rows
  return chunks.map((chunk) => valuesIn(view, chunk));
}

/** The values in a chunk's data pages, by their own heads (PageHeader). */
function valuesIn(view: DataView, { start, size }: Chunk): number {
  let values = 0;
  for (let at = start; at < start + size; ) {
    const reader = createReader(view, at);
    let packed = 0;
    reader.struct((field, type) => {
      if (field === 3) packed = reader.number();
      else if ((field === 5 || field === 8) && type === STRUCT)
        reader.struct((inner, innerType) => {
          if (inner === 1) values += reader.number();
          else reader.skip(innerType);
        });
      else reader.skip(type);
    });
    if (packed < 0) throw new RangeError("a page of less than nothing");
    at = reader.at() + packed;
  }
  return values;
}

function readChunk(reader: Reader): Chunk {
  const chunk: Chunk = { start: 0, size: 0, depth: 0 };
  reader.struct((field, type) => {
    if (field !== 3 || type !== STRUCT) return reader.skip(type);
    let dictionary = 0;
    reader.struct((inner, innerType) => {
      if (inner === 3 && innerType === LIST)
        reader.list((_, each) => {
          chunk.depth++;
          reader.skip(each);
        });
      else if (inner === 7) chunk.size = reader.number();
      else if (inner === 9) chunk.start = reader.number();
      else if (inner === 11) dictionary = reader.number();
      else reader.skip(innerType);
    });
    if (dictionary > 0) chunk.start = Math.min(chunk.start, dictionary);
  });
  return chunk;
}

function readFile(reader: Reader): Omit<ParquetCounts, "paged"> & { chunks: Chunk[] } {
  const counts = { rows: 0, groups: [] as number[], columns: 0, chunks: [] as Chunk[] };
  reader.struct((field, type) => {
    if (field === 2 && type === LIST) {
      reader.list((at) => {
        reader.struct((inner, innerType) => {
          if (at === 0 && inner === 5) counts.columns = reader.number();
          else reader.skip(innerType);
        });
      });
    } else if (field === 3) counts.rows = reader.number();
    else if (field === 4 && type === LIST) {
      reader.list(() => {
        reader.struct((inner, innerType) => {
          if (inner === 3) counts.groups.push(reader.number());
          else if (inner === 1 && innerType === LIST)
            reader.list((at, each) => {
              if (at === 0) counts.chunks.push(readChunk(reader));
              else reader.skip(each);
            });
          else reader.skip(innerType);
        });
      });
    } else reader.skip(type);
  });
  return counts;
}

const [BYTE, DOUBLE, BINARY, LIST, SET, MAP, STRUCT] = [3, 7, 8, 9, 10, 11, 12];
const DEEPEST = 40;

interface Reader {
  struct(each: (field: number, type: number) => void): void;
  list(each: (at: number, type: number) => void): void;
  /** A whole number in zigzag. */
  number(): number;
  skip(type: number): void;
  /** The place of the next byte. */
  at(): number;
}

function createReader(view: DataView, from: number): Reader {
  let at = from;
  let depth = 0;
  const byte = (): number => view.getUint8(at++);
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const next = byte();
      value += (next & 127) * shift;
      if (next < 128) return value;
      if (shift > 2 ** 53) throw new RangeError("no number");
    }
  };
  const number = (): number => {
    const value = varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const struct: Reader["struct"] = (each) => {
    if (++depth > DEEPEST) throw new RangeError("too deep");
    let field = 0;
    for (let head = byte(); (head & 15) !== 0; head = byte()) {
      field = head >> 4 === 0 ? number() : field + (head >> 4);
      each(field, head & 15);
    }
    depth--;
  };
  const list: Reader["list"] = (each) => {
    const head = byte();
    const size = head >> 4 === 15 ? varint() : head >> 4;
    for (let i = 0; i < size; i++) each(i, head & 15);
  };
  const skip = (type: number): void => {
    if (type === BYTE) at += 1;
    else if (type > BYTE && type < DOUBLE) varint();
    else if (type === DOUBLE) at += 8;
    else if (type === BINARY) {
      const size = varint(); // moves `at` itself
      at += size;
    } else if (type === LIST || type === SET) list((_, inner) => (inner < BYTE ? void byte() : skip(inner)));
    else if (type === MAP) {
      const size = varint();
      const types = size > 0 ? byte() : 0;
      for (let i = 0; i < size; i++) for (const inner of [types >> 4, types & 15]) inner < BYTE ? byte() : skip(inner);
    } else if (type === STRUCT) struct((_, inner) => skip(inner));
    else if (type > STRUCT) throw new RangeError("no such type");
  };
  return { struct, list, number, skip, at: () => at };
}
