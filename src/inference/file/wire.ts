/** A field of a protobuf message: a number, or the bytes of what is nested. */
export type Field = { number: number } & ({ kind: "number"; value: number } | { kind: "bytes"; bytes: Uint8Array });

/** What is no protobuf, or ends too early. */
export class WireError extends Error {}

/** So many fields are read of one file; a file of nothing but tiny fields is an attack, not a model. */
const MOST_FIELDS = 5_000_000;

/** Counts what is read over all messages of one file. */
export interface Patience {
  fields: number;
}

/**
 * The fields of a message in their order, nothing copied. Whole numbers come as doubles: what ONNX counts lies below 2^53,
 * and what is above is only compared with limits.
 * @throws WireError
 */
export function* fieldsOf(bytes: Uint8Array, patience: Patience): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0, scale = 1; shift < 70; shift += 7, scale *= 128) {
      if (at >= bytes.length) throw new WireError("it ends in the middle of a number");
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value >= 2 ** 63 ? value - 2 ** 64 : value;
    }
    throw new WireError("it has a number of more than ten bytes");
  };
  while (at < bytes.length) {
    if (++patience.fields > MOST_FIELDS) throw new WireError("it has too many fields");
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (number === 0) throw new WireError("it has a field without a number");
    switch (tag % 8) {
      case 0:
        yield { number, kind: "number", value: varint() };
        break;
      case 1:
        yield { number, kind: "bytes", bytes: take(8) };
        break;
      case 2:
        yield { number, kind: "bytes", bytes: take(varint()) };
        break;
      case 5:
        yield { number, kind: "bytes", bytes: take(4) };
        break;
      default:
        throw new WireError("it has a field of a kind that ONNX does not use");
    }
  }

  function take(length: number): Uint8Array {
    if (length < 0 || length > bytes.length - at) throw new WireError("it is cut off");
    const part = bytes.subarray(at, at + length);
    at += length;
    return part;
  }
}

const decoder = new TextDecoder();

/** A short text: names are no longer, and what is would only swell a message. */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes.length > 200 ? bytes.subarray(0, 200) : bytes);
}
