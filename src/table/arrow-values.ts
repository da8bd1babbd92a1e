import { DataType, type Interval, IntervalUnit, type Time, type Timestamp, TimeUnit } from "apache-arrow";

const PER_SECOND: Record<TimeUnit, number> = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1e3,
  [TimeUnit.MICROSECOND]: 1e6,
  [TimeUnit.NANOSECOND]: 1e9,
};

export function isTemporal(type: DataType): boolean {
  return DataType.isDate(type) || DataType.isTimestamp(type) || DataType.isTime(type) || DataType.isInterval(type);
}

/** What turns an Arrow value of this type, as a Vector hands it out, into plain data; missing is null at any depth. */
export function readerOf(type: DataType): (value: unknown) => unknown {
  const read = presentReaderOf(type);
  return (value) => (value === null || value === undefined ? null : read(value));
}

function presentReaderOf(type: DataType): (value: unknown) => unknown {
  if (DataType.isDate(type)) return (value) => isoText(Number(value)).slice(0, 10);
  if (DataType.isTimestamp(type)) return (value) => isoText(Number(value));
  if (DataType.isTime(type)) return (value) => timeText(Number(value) / PER_SECOND[(type as Time).unit]);
  if (DataType.isInterval(type)) return (value) => durationText(value as Int32Array, (type as Interval).unit);
  if (DataType.isDecimal(type)) {
    const divisor = 10 ** type.scale;
    return (value) => {
      const digits = signedInteger(value as Uint32Array);
      return type.scale === 0 && !isSafe(digits) ? String(digits) : Number(digits) / divisor;
    };
  }
  if (DataType.isInt(type) && type.bitWidth === 64)
    return (value) => (isSafe(value as bigint) ? Number(value) : String(value));
  if (DataType.isDictionary(type)) return readerOf(type.dictionary);
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const item = readerOf(type.children[0].type);
    return (value) => Array.from(value as Iterable<unknown>, item);
  }
  if (DataType.isStruct(type)) {
    const fields = type.children.map((field) => [field.name, readerOf(field.type)] as const);
    return (value) => {
      const row = value as Record<string, unknown>;
      return Object.fromEntries(fields.map(([name, read]) => [name, read(row[name])]));
    };
  }
  if (DataType.isMap(type)) {
    const [key, item] = type.children[0].type.children.map((field: { type: DataType }) => readerOf(field.type));
    return (value) =>
      Object.fromEntries(Array.from(value as Iterable<[unknown, unknown]>, ([k, v]) => [String(key(k)), item(v)]));
  }
  return (value) => value;
}

export function isSafe(value: bigint): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
}

/** Two's complement, little-endian 32-bit words, as Arrow stores a decimal. */
export function signedInteger(words: Uint32Array): bigint;
export function signedInteger(words: Uint32Array | null): bigint | null;
export function signedInteger(words: Uint32Array | null): bigint | null {
  if (!words) return null;
  let value = 0n;
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i]);
  return BigInt.asIntN(words.length * 32, value);
}

/** A stored moment as ISO 8601 text in UTC, to the millisecond. */
export function momentText(stored: bigint, { unit }: Timestamp): string {
  return isoText((Number(stored) * 1000) / PER_SECOND[unit]);
}

function isoText(milliseconds: number): string {
  const moment = new globalThis.Date(Math.floor(milliseconds));
  // DuckDB's infinity is a moment beyond what a Date can say.
  if (Number.isNaN(moment.getTime())) return milliseconds > 0 ? "infinity" : "-infinity";
  return moment.toISOString();
}

/** `12:34:56`, with milliseconds where there are any. */
function timeText(seconds: number): string {
  const text = isoText(Math.round(seconds * 1000)).slice(11, 23);
  return text.endsWith(".000") ? text.slice(0, 8) : text;
}

/** An ISO 8601 duration, like `P3M2DT1.5S`. */
function durationText(parts: Int32Array, unit: IntervalUnit): string {
  let months = 0;
  let days = 0;
  let seconds = 0;
  if (unit === IntervalUnit.MONTH_DAY_NANO) {
    [months, days] = parts;
    seconds = Number((BigInt(parts[3]) << 32n) | BigInt(parts[2] >>> 0)) / 1e9;
  } else if (unit === IntervalUnit.DAY_TIME) {
    days = parts[0];
    seconds = parts[1] / 1000;
  } else [months] = parts;
  const date = `${months ? `${months}M` : ""}${days ? `${days}D` : ""}`;
  return date === "" || seconds !== 0 ? `P${date}T${seconds}S` : `P${date}`;
}
