import { describe, expect, it } from "vitest";
import { follow, MAX_HEIGHT, reveal, rowsAt, scrollSpace, toScrollTop, toVirtual } from "./scroll";

describe("scrolling more rows than an element can be high", () => {
  const small = scrollSpace(1000, 30, 300);
  const large = scrollSpace(1_000_000, 52, 400);

  it("leaves a table alone that fits", () => {
    expect(small.height).toBe(30_000);
    expect(toVirtual(small, 1234)).toBeCloseTo(1234);
    expect(follow(small, { scrollTop: 0, virtualTop: 0 }, 90)).toEqual({ scrollTop: 90, virtualTop: 90 });
    expect(rowsAt(small, 90, 0)).toEqual({ first: 3, last: 13 });
  });

  it("caps the height and still reaches the first and the very last row", () => {
    expect(large.height).toBe(MAX_HEIGHT);
    expect(toVirtual(large, 0)).toBe(0);
    const end = toVirtual(large, large.height - large.viewport);
    expect(rowsAt(large, end, 0)).toEqual({ first: Math.floor((52_000_000 - 400) / 52), last: 1_000_000 });
  });

  it("moves pixel by pixel on small moves, and in scale on jumps", () => {
    const start = { scrollTop: 5_000_000, virtualTop: toVirtual(large, 5_000_000) };
    const wheel = follow(large, start, 5_000_100);
    expect(wheel.virtualTop - start.virtualTop).toBe(100);
    const jump = follow(large, start, 10_000_000);
    expect(jump.virtualTop).toBe(toVirtual(large, 10_000_000));
  });

  it("snaps to the ends, whatever small moves have left between bar and rows", () => {
    expect(follow(large, { scrollTop: 50, virtualTop: 900 }, 0).virtualTop).toBe(0);
    const bottom = large.height - large.viewport;
    expect(follow(large, { scrollTop: bottom - 60, virtualTop: large.total - 5000 }, bottom).virtualTop).toBe(
      large.total - large.viewport,
    );
  });

  it("maps back and forth without loss beyond a pixel", () => {
    for (const top of [0, 1, 777, 26_000_000, large.total - large.viewport]) {
      expect(toVirtual(large, toScrollTop(large, top))).toBeCloseTo(top, 3);
    }
  });

  it("reveals a row by the shortest way", () => {
    expect(reveal(small, 300, 5)).toBe(150);
    expect(reveal(small, 300, 12)).toBe(300);
    expect(reveal(small, 300, 20)).toBe(330);
    expect(reveal(small, 0, 999)).toBe(29_700);
  });

  it("has nothing to draw for no rows", () => {
    const none = scrollSpace(0, 30, 300);
    expect(rowsAt(none, 0)).toEqual({ first: 0, last: 0 });
    expect(toVirtual(none, 10)).toBe(0);
    expect(toScrollTop(none, 10)).toBe(0);
  });
});
