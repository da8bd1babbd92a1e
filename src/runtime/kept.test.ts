import { describe, expect, it } from "vitest";
import { hashOf } from "../base";
import { buildGraph } from "./graph";
import { createRuntime } from "./runtime";

interface Value {
  source: string;
  shared: object;
}

/** One cell whose text changes; every result holds ten bytes of its own, and a hundred that all of them share. */
function edited(keptBytes: number) {
  const forgotten: string[] = [];
  const runs: string[] = [];
  const shared = {};
  let source = "";
  const graph = buildGraph([{ id: "a", name: "a", mentions: [], requires: [] }], []);
  const runtime = createRuntime<Value>({
    present: () => ({ graph, keys: new Map([["a", hashOf(source)]]) }),
    now: () => 0,
    onChange: () => {},
    evaluate: async () => {
      runs.push(source);
      return { source, shared };
    },
    piecesOf: (value) => [
      [value, 10],
      [value.shared, 100],
    ],
    keptBytes,
    onForget: (value) => forgotten.push(value.source),
  });
  return {
    forgotten,
    runs,
    run: async (...sources: string[]) => {
      for (const next of sources) {
        source = next;
        runtime.refresh();
        await runtime.run("all");
      }
    },
  };
}

describe("what is kept", () => {
  it("R9 is the newest of what no cell shows, up to a weight; what is shown elsewhere weighs nothing", async () => {
    const cell = edited(20);
    await cell.run("1", "2", "3", "4", "5");
    // "5" is shown and holds what they share; "3" and "4" weigh ten each.
    expect(cell.forgotten).toEqual(["1", "2"]);
    await cell.run("4", "1");
    expect(cell.runs).toEqual(["1", "2", "3", "4", "5", "1"]);
  });

  it("R9 is never what a cell shows, however heavy", async () => {
    const cell = edited(0);
    await cell.run("1");
    expect(cell.forgotten).toEqual([]);
    await cell.run("2", "3");
    expect(cell.forgotten).toEqual(["1", "2"]);
  });
});
