/**
 * Writes the protobuf wire format: just what ONNX needs. Fields are numbered as in onnx.proto3; each method writes one
 * field and returns the writer.
 */
export class ProtoWriter {
  private buffer = new Uint8Array(256);
  private length = 0;

  /** Wire type 0. Negative numbers as 64-bit two's complement. */
  int(field: number, value: number): this {
    return this.varint(field << 3).varint(value);
  }

  /** Wire type 5, IEEE 754 single precision. */
  float(field: number, value: number): this {
    this.varint((field << 3) | 5);
    this.room(4);
    new DataView(this.buffer.buffer).setFloat32(this.length, value, true);
    this.length += 4;
    return this;
  }

  /** Wire type 2. */
  bytes(field: number, value: Uint8Array): this {
    this.varint((field << 3) | 2).varint(value.length);
    this.room(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: ProtoWriter): this {
    return this.bytes(field, value.done());
  }

  /** Repeated integers in one packed field. */
  ints(field: number, values: ArrayLike<number>): this {
    const packed = new ProtoWriter();
    for (let i = 0; i < values.length; i++) packed.varint(values[i]);
    return this.bytes(field, packed.done());
  }

  /** Repeated single-precision numbers in one packed field. */
  floats(field: number, values: ArrayLike<number>): this {
    const packed = new Uint8Array(values.length * 4);
    const view = new DataView(packed.buffer);
    for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i], true);
    return this.bytes(field, packed);
  }

  done(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  private varint(value: number): this {
    this.room(10);
    // Nearly all are small; big integers take twenty times as long.
    if (value >= 0 && value < 2 ** 31) {
      let small = value;
      for (; small > 0x7f; small >>>= 7) this.buffer[this.length++] = (small & 0x7f) | 0x80;
      this.buffer[this.length++] = small;
      return this;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      this.buffer[this.length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.buffer[this.length++] = Number(rest);
    return this;
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(this.buffer.length * 2, this.length + bytes));
    grown.set(this.buffer);
    this.buffer = grown;
  }
}
