// Positions of the fields in Arrow's Message, Schema and Field tables (format/Message.fbs, format/Schema.fbs).
const MESSAGE_HEADER = 2;
const SCHEMA_FIELDS = 1;
const FIELD_DICTIONARY = 4;
const FIELD_CHILDREN = 5;

/**
 * Whether the schema message that begins an Arrow IPC stream has a dictionary-encoded field, at any depth. DuckDB-WASM
 * 1.28.0 encodes ENUM columns so, and leaves the dictionaries themselves out of what it streams: every value would read as
 * missing.
 */
export function hasDictionary(stream: Uint8Array): boolean {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const start = view.getUint32(0, true) === 0xffffffff ? 8 : 4;
  const message = start + view.getUint32(start, true);

  /** Where the offset in field `index` of a flatbuffer table leads, or 0 where the field is left out. */
  const follow = (table: number, index: number): number => {
    const vtable = table - view.getInt32(table, true);
    const slot = 4 + 2 * index;
    const offset = slot < view.getUint16(vtable, true) ? view.getUint16(vtable + slot, true) : 0;
    return offset === 0 ? 0 : table + offset + view.getUint32(table + offset, true);
  };
  const someOf = (vector: number): boolean => {
    const length = vector === 0 ? 0 : view.getUint32(vector, true);
    for (let i = 0; i < length; i++) {
      const element = vector + 4 + 4 * i;
      const field = element + view.getUint32(element, true);
      if (follow(field, FIELD_DICTIONARY) !== 0 || someOf(follow(field, FIELD_CHILDREN))) return true;
    }
    return false;
  };
  return someOf(follow(follow(message, MESSAGE_HEADER), SCHEMA_FIELDS));
}
