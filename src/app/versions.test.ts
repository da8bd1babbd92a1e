import { describe, expect, it } from "vitest";
import { expendable, MOST_VERSIONS, VERSION_EVERY } from "./versions";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("a notebook's past", () => {
  it("keeps everything of the last hour", () => {
    const times = Array.from({ length: 19 }, (_, i) => 100 * DAY + i * VERSION_EVERY);
    expect(expendable(times, 100 * DAY + 59 * MINUTE)).toEqual([]);
  });
  it("gets sparser with age, keeps its first, and never more than the most", () => {
    let kept: number[] = [];
    let now = 100 * DAY;
    const first = now;
    for (let i = 0; i < 4_000; i++) {
      now += VERSION_EVERY;
      kept = [...kept, now - VERSION_EVERY];
      const gone = new Set(expendable(kept, now));
      kept = kept.filter((at) => !gone.has(at));
    }
    expect(kept.length).toBeLessThanOrEqual(MOST_VERSIONS);
    expect(kept.length).toBeGreaterThan(30);
    expect(kept[0]).toBe(first);
    const gaps = kept.slice(1).map((at, i) => at - kept[i]);
    expect(gaps[0]).toBeGreaterThanOrEqual(11 * 60 * MINUTE);
    expect(gaps.at(-1)).toBe(VERSION_EVERY);
  });
});
