import { describe, expect, it } from "vitest";
import { abortError, Fault } from "../../base";
import type { Table } from "../../table";
import { createPageCache } from "./pageCache";

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A source that counts its fetches and answers when told to. */
function source(rows: number) {
  const fetched: number[] = [];
  const open = new Map<number, { answer: () => void; fail: (fault: Fault) => void }>();
  const aborted: number[] = [];
  const page = (start: number, count: number, signal: AbortSignal) => {
    fetched.push(start);
    return new Promise<Table>((resolve, reject) => {
      const values = Float64Array.from({ length: count }, (_, i) => start + i);
      open.set(start, {
        answer: () => resolve({ rows: count, columns: [{ kind: "number", name: "n", values }] }),
        fail: reject,
      });
      signal.addEventListener("abort", () => {
        aborted.push(start);
        reject(abortError());
      });
    });
  };
  return { fetched, aborted, page, answer: (start: number) => open.get(start)?.answer(), open, rows };
}

describe("pages of a long table", () => {
  it("fetches each page once, and gives each row its place", async () => {
    const from = source(250);
    let changes = 0;
    const cache = createPageCache({ ...from, onChange: () => changes++ });
    cache.want(90, 110);
    cache.want(95, 115);
    expect(from.fetched).toEqual([0, 100]);
    expect(cache.at(100)).toBeUndefined();
    from.answer(100);
    await settle();
    expect(changes).toBe(1);
    const place = cache.at(101);
    expect(place?.table.columns[0].values[place.index]).toBe(101);
  });

  it("asks the last page for no more rows than there are", async () => {
    const from = source(250);
    const cache = createPageCache({ ...from, onChange: () => {} });
    cache.want(240, 260);
    from.answer(200);
    await settle();
    expect(cache.at(249)?.table.rows).toBe(50);
  });

  it("aborts what has been scrolled past, and never stores its answer", async () => {
    const from = source(10_000);
    const cache = createPageCache({ ...from, onChange: () => {} });
    cache.want(0, 20);
    cache.want(5000, 5020);
    expect(from.aborted).toEqual([0]);
    from.answer(0);
    await settle();
    expect(cache.at(0)).toBeUndefined();
    cache.want(0, 20);
    expect(from.fetched).toEqual([0, 5000, 0]);
  });

  it("lets go of the least recently wanted pages", async () => {
    const from = source(10_000);
    const cache = createPageCache({ ...from, keep: 2, onChange: () => {} });
    for (const start of [0, 100, 200, 0, 300]) {
      cache.want(start, start + 10);
      from.answer(start);
      await settle();
    }
    expect(cache.at(100)).toBeUndefined();
    expect(cache.at(0)).toBeDefined();
    expect(cache.at(300)).toBeDefined();
    expect(from.fetched).toEqual([0, 100, 200, 300]);
  });

  it("keeps a page's fault in sight until it is tried again", async () => {
    const from = source(100);
    const cache = createPageCache({ ...from, onChange: () => {} });
    cache.want(0, 10);
    from.open.get(0)?.fail(new Fault("gone", "The table is gone"));
    await settle();
    expect(cache.fault()?.message).toBe("The table is gone");
    cache.want(0, 10);
    expect(from.fetched).toEqual([0]);
    cache.retry();
    expect(from.fetched).toEqual([0, 0]);
    from.answer(0);
    await settle();
    expect(cache.fault()).toBeUndefined();
    expect(cache.at(3)).toBeDefined();
  });
});
