import { describe, expect, it, vi } from "vitest";
import { createHolders, type Wire } from "./holders";

/** Tabs on one wire; each word arrives later, in order, everywhere but where it came from. */
function tabs() {
  const listeners: ((word: unknown) => void)[] = [];
  let clock = 0;
  const make = (tab: string, wired = true) => {
    const seen = { elsewhere: false, free: 0, settled: false };
    const wire: Wire = {
      send: (word) => queueMicrotask(() => listeners.forEach((hear) => void hear(word))),
      hear: (listener) => listeners.push(listener),
    };
    const holders = createHolders({
      wire: wired ? wire : undefined,
      tab,
      now: () => ++clock,
      onElsewhere: () => {
        seen.elsewhere = true;
      },
      onFree: () => {
        seen.free++;
      },
      settle: async () => {
        await settled();
        seen.settled = true;
      },
    });
    return { ...holders, seen };
  };
  return make;
}
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

describe("two tabs on one notebook", () => {
  it("the second is told, the first is not; other notebooks are not their concern", async () => {
    const make = tabs();
    const [a, b, other] = [make("z"), make("a"), make("o")];
    a.open("n");
    other.open("m");
    await settled();
    b.open("n");
    await settled();
    expect([a.seen.elsewhere, b.seen.elsewhere, other.seen.elsewhere]).toEqual([false, true, false]);
  });
  it("that open it at once: one is left, the same for both", async () => {
    const make = tabs();
    const [a, b] = [make("z"), make("a")];
    a.open("n");
    b.open("n");
    await settled();
    expect([a.seen.elsewhere, b.seen.elsewhere]).toEqual([false, true]);
  });
  it("the second takes over when the first has written everything", async () => {
    const make = tabs();
    const [a, b] = [make("1"), make("2")];
    a.open("n");
    b.open("n");
    await settled();
    await b.take();
    expect(a.seen).toMatchObject({ settled: true, elsewhere: true });
    const c = make("3");
    c.open("n");
    await settled();
    expect(c.seen.elsewhere).toBe(true);
  });
  it("the second is told when the first goes on to something else", async () => {
    const make = tabs();
    const [a, b] = [make("1"), make("2")];
    a.open("n");
    b.open("n");
    await settled();
    a.open("m");
    await settled();
    expect(b.seen.free).toBe(1);
  });
  it("a tab that does not answer cannot keep it", async () => {
    vi.useFakeTimers();
    try {
      const alone = tabs()("1");
      alone.open("n");
      let taken = false;
      const taking = alone.take().then(() => {
        taken = true;
      });
      await vi.advanceTimersByTimeAsync(1_000);
      expect(taken).toBe(false);
      await vi.advanceTimersByTimeAsync(1_000);
      await taking;
      expect(taken).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
