import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { encodePng } from "./png";

describe("pictures as PNG", () => {
  it("come back pixel by pixel from an independent decoder", () => {
    const rgba = Uint8Array.from({ length: 5 * 3 * 4 }, (_, i) => (i * 37) % 256);
    const decoded = decode(encodePng(rgba, 5, 3));
    expect([decoded.width, decoded.height, decoded.channels, decoded.depth]).toEqual([5, 3, 4, 8]);
    expect([...decoded.data]).toEqual([...rgba]);
  });

  it("have the same bytes each time", () => {
    const rgba = new Uint8Array(32 * 32 * 4).fill(200);
    expect(encodePng(rgba, 32, 32)).toEqual(encodePng(rgba, 32, 32));
  });
});
