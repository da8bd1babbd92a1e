import { describe, expect, it } from "vitest";
import type { Column } from "../../table";
import { cellText, columnWidth, fullText, isPicture } from "./cellText";

const strings = (...values: (string | null)[]): Column => ({ kind: "string", name: "title", values });

describe("a value in a table's cell", () => {
  it("is null where it is missing, whatever the kind", () => {
    expect(cellText({ kind: "number", name: "n", values: Float64Array.of(Number.NaN) }, 0)).toBeNull();
    expect(cellText(strings(null), 0)).toBeNull();
    expect(cellText(strings(""), 0)).toBe("");
  });

  it("is clipped, while the whole stays at hand", () => {
    const long = "word ".repeat(200);
    expect(cellText(strings(long), 0)?.length).toBe(241);
    expect(fullText(strings(long), 0)).toBe(long);
  });

  it("shows the start and the length of a vector", () => {
    const vector: Column = { kind: "vector", name: "v", values: [Float32Array.of(0.5, -1, 2, 0.125, 9), null] };
    expect(cellText(vector, 0)).toBe("[0.5, −1, 2, 0.125, … 5]");
    expect(cellText(vector, 1)).toBeNull();
  });

  it("knows a picture by its first bytes", () => {
    expect(isPicture(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13))).toBe(true);
    expect(isPicture(new TextEncoder().encode("RIFF0000WEBPVP8 "))).toBe(true);
    expect(isPicture(new TextEncoder().encode("<svg xmlns=''/>"))).toBe(false);
    expect(isPicture(new Uint8Array())).toBe(false);
  });

  it("takes the room it needs, within bounds", () => {
    expect(columnWidth(strings("a"))).toBeGreaterThanOrEqual(64);
    expect(columnWidth(strings("x".repeat(500)))).toBe(340);
    expect(columnWidth({ kind: "number", name: "n", values: Float64Array.of(123456.78) })).toBeLessThanOrEqual(160);
  });
});
