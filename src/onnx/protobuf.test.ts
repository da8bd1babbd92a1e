import { describe, expect, it } from "vitest";
import { ProtoWriter } from "./protobuf";

const hex = (writer: ProtoWriter) => Buffer.from(writer.done()).toString("hex");

/** The examples of the protobuf encoding guide, and what follows from its rules. */
describe("the protobuf writer", () => {
  it.each<[string, (writer: ProtoWriter) => ProtoWriter, string]>([
    ["a small integer", (writer) => writer.int(1, 150), "089601"],
    ["a negative integer, in ten bytes", (writer) => writer.int(1, -2), "08feffffffffffffffff01"],
    ["an integer above 32 bits", (writer) => writer.int(1, 2 ** 40), "08808080808020"],
    ["a text", (writer) => writer.text(2, "testing"), "120774657374696e67"],
    ["a message", (writer) => writer.message(3, new ProtoWriter().int(1, 150)), "1a03089601"],
    ["packed integers", (writer) => writer.ints(6, [3, 270, 86942]), "3206038e029ea705"],
    ["packed floats", (writer) => writer.floats(7, [1.5, -0]), "3a080000c03f00000080"],
    ["a float", (writer) => writer.float(2, 1.5), "150000c03f"],
    ["a field number above 15", (writer) => writer.int(20, 7), "a00107"],
  ])("writes %s", (_, write, expected) => {
    expect(hex(write(new ProtoWriter()))).toBe(expected);
  });

  it("grows to any size", () => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i % 251);
    const written = new ProtoWriter().int(1, 1).bytes(9, bytes).done();
    expect(written.length).toBe(2 + 1 + 2 + 10_000);
    expect(written.slice(5)).toEqual(bytes);
  });
});
