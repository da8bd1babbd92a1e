import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { abortError, Fault } from "../base";
import { buildGraph, createRuntime, type GraphCell, keysOf, type Present } from ".";

interface TestCell {
  id: string;
  name: string;
  source: string;
}

const NAMES = ["a", "b", "c", "d", "e", "f"];

/** A cell reads the names of its text. `!` throws; anything else is concatenated, so that a value shows all that made it. */
function graphCell(cell: TestCell): GraphCell {
  return {
    id: cell.id,
    name: cell.name,
    mentions: cell.source.match(/[a-z]+/g) ?? [],
    requires: cell.source.match(/(?<=\$)[a-z]+/g) ?? [],
  };
}

function textOf(source: string, inputs: ReadonlyMap<string, string>): string {
  if (source.includes("!")) throw new Fault("threw", "the cell threw");
  return source.replace(/[a-z]+/g, (name) => (inputs.has(name) ? `(${inputs.get(name)})` : name));
}

function notebook(sources: Record<string, string>, heldNames: readonly string[] = []) {
  let cells: TestCell[] = Object.entries(sources).map(([name, source], i) => ({ id: `c${i}`, name, source }));
  const runs: string[] = [];
  const changes: string[] = [];
  let gate: Promise<void> | undefined;
  const id = (name: string): string => cells.find((cell) => cell.name === name)?.id ?? "?";
  const present = (): Present => {
    const graph = buildGraph(cells.map(graphCell), ["train"]);
    return {
      graph,
      keys: keysOf(
        graph,
        cells.map((cell) => ({ ...cell, kind: "test" })),
        "data",
        "1",
      ),
    };
  };
  const runtime = createRuntime<string>({
    present,
    now: () => 0,
    held: () => new Set(heldNames.map(id)),
    onChange: (id, state) => changes.push(`${id} ${state.status}`),
    evaluate: async (id, inputs, { signal }) => {
      const cell = cells.find((each) => each.id === id);
      runs.push(cell?.name ?? "?");
      const { source } = cell as TestCell;
      if (gate)
        await Promise.race([
          gate,
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(abortError()))),
        ]);
      else await Promise.resolve();
      return textOf(source, inputs);
    },
  });
  return {
    runtime,
    runs,
    present,
    id,
    changes,
    hold: () => {
      let open = (): void => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return () => {
        gate = undefined;
        open();
      };
    },
    edit: (name: string, source: string) => {
      cells = cells.map((cell) => (cell.name === name ? { ...cell, source } : cell));
      runtime.refresh();
    },
    remove: (name: string) => {
      const gone = cells.find((cell) => cell.name === name);
      cells = cells.filter((cell) => cell !== gone);
      runtime.refresh();
    },
    get removed() {
      return changes.find((change) => !cells.some((cell) => change.startsWith(`${cell.id} `)))?.split(" ")[0] ?? "?";
    },
    cells: () => cells,
    value: (name: string) => {
      const state = runtime.state(id(name));
      return state.status === "idle" ? undefined : state.last?.value;
    },
    status: (name: string) => runtime.status(id(name)),
    fault: (name: string) => present().graph.faults.get(id(name)),
  };
}

describe("the graph", () => {
  it("R1 reads given names and its own name in its own text defines nothing new", () => {
    const { present, id } = notebook({ a: "train", b: "a b" });
    const { graph } = present();
    expect(graph.given.get(id("a"))).toEqual(["train"]);
    expect([...(graph.reads.get(id("b"))?.keys() ?? [])]).toEqual(["a"]);
    expect(graph.faults.size).toBe(0);
  });
  it("R2 names duplicates, their readers, and a task's table", () => {
    const graph = buildGraph(
      ["a", "a", "b", "train"].map((name, i) => graphCell({ id: `c${i}`, name, source: i === 2 ? "a" : "" })),
      ["train"],
    );
    expect([...graph.faults].map(([id, fault]) => [id, fault.code])).toEqual([
      ["c0", "duplicate-name"],
      ["c1", "duplicate-name"],
      ["c3", "duplicate-name"],
      ["c2", "duplicate-name"],
    ]);
  });
  it("R2 does not tell capital letters apart, as SQL does not", () => {
    const graph = buildGraph(
      ["a", "A", "Train"].map((name, i) => graphCell({ id: `c${i}`, name, source: "" })),
      ["train"],
    );
    expect([...graph.faults.keys()]).toEqual(["c0", "c1", "c2"]);
  });
  it("R3 names a cycle in its order, and who reads it is not part of it", () => {
    const { fault } = notebook({ a: "c", b: "a", c: "b", d: "a" });
    expect(fault("a")?.message).toContain("a → c → b → a");
    expect(fault("b")?.code).toBe("cycle");
    expect(fault("d")).toBeUndefined();
  });
  it("R4 says which name is missing and which is near", () => {
    const { fault } = notebook({ features: "1", b: "$feature" });
    expect(fault("b")).toMatchObject({ code: "missing-name", hint: 'Did you mean "features"?' });
    expect(notebook({ b: "feature" }).fault("b")).toBeUndefined();
  });
});

describe("keys and staleness", () => {
  it("R5, R6 an edit changes its own key and those below, and nothing else; results stay visible", async () => {
    const n = notebook({ a: "1", b: "a 2", c: "3" });
    await n.runtime.run("all");
    n.edit("a", "9");
    expect([n.status("a"), n.status("b"), n.status("c")]).toEqual(["stale", "stale", "ready"]);
    expect(n.value("b")).toBe("(1) 2");
  });
  it("R9 going back to an earlier text costs nothing", async () => {
    const n = notebook({ a: "1", b: "a 2" });
    await n.runtime.run("all");
    n.edit("a", "9");
    await n.runtime.run("all");
    const before = n.runs.length;
    n.edit("a", "1");
    expect([n.status("a"), n.status("b")]).toEqual(["ready", "ready"]);
    expect(n.value("b")).toBe("(1) 2");
    expect(n.runs.length).toBe(before);
  });
});

describe("running", () => {
  it("R7 runs what is above, re-runs what was run below, and leaves the rest", async () => {
    const n = notebook({ a: "1", b: "a 2", c: "b 3", d: "a 4", e: "5" });
    await n.runtime.run([n.id("c")]);
    expect(n.runs).toEqual(["a", "b", "c"]);
    n.edit("b", "a 7");
    await n.runtime.run([n.id("b")]);
    expect(n.runs.slice(3)).toEqual(["b", "c"]);
    expect([n.status("d"), n.status("e")]).toEqual(["idle", "idle"]);
  });
  it("R13 by itself runs what had a result and is stale, but not what is held, nor what is below that", async () => {
    const n = notebook({ a: "1", b: "a", c: "b", d: "a 4", e: "a 5", f: "e d" }, ["b"]);
    await n.runtime.run(["a", "b", "c", "d"].map(n.id));
    n.runs.length = 0;
    await n.runtime.runDue();
    expect(n.runs).toEqual([]);
    n.edit("a", "2");
    await n.runtime.runDue();
    expect(n.runs).toEqual(["a", "d"]);
    expect(["b", "c", "e"].map(n.status)).toEqual(["stale", "stale", "idle"]);
    await n.runtime.run([n.id("a")]);
    expect(n.runs).toEqual(["a", "d"]);
    await n.runtime.run([n.id("b")]);
    expect(n.runs).toEqual(["a", "d", "b", "c"]);
  });
  it("R8 what is below a failed cell fails by it, and runs when it is mended", async () => {
    const n = notebook({ a: "!", b: "a", c: "b" });
    await n.runtime.run("all");
    expect(["a", "b", "c"].map((name) => n.status(name))).toEqual(["failed", "failed", "failed"]);
    expect(n.runtime.state(n.id("c"))).toMatchObject({
      fault: { code: "upstream", message: expect.stringContaining('"b"') },
    });
    n.edit("a", "1");
    await n.runtime.run([n.id("a")]);
    expect(n.value("c")).toBe("((1))");
  });
  it("R10 an edit during a run: the outdated result is not written", async () => {
    const n = notebook({ a: "1", b: "a" });
    const open = n.hold();
    const first = n.runtime.run("all");
    await Promise.resolve();
    n.edit("a", "2");
    open();
    await first;
    expect(n.value("a")).toBeUndefined();
    await n.runtime.run("all");
    expect(n.value("b")).toBe("(2)");
  });
  it("R11 stop ends what runs, forgets what waits, keeps what was there", async () => {
    const n = notebook({ a: "1", b: "a" });
    await n.runtime.run("all");
    n.edit("a", "2");
    n.hold();
    const run = n.runtime.run("all");
    await Promise.resolve();
    await Promise.resolve();
    n.runtime.stop();
    await run;
    expect([n.status("a"), n.status("b"), n.value("b")]).toEqual(["stale", "stale", "(1)"]);
    expect(n.runtime.running()).toBe(false);
  });
});

describe("a cell that goes while it waits", () => {
  it("leaves nothing running behind", async () => {
    const n = notebook({ a: "1", b: "a" });
    const open = n.hold();
    const run = n.runtime.run("all");
    await Promise.resolve();
    n.remove("b");
    open();
    await run;
    expect(n.runtime.running()).toBe(false);
    expect(n.changes.filter((change) => change.startsWith(n.removed)).at(-1)).toMatch(/idle$/);
  });
});

describe("R12 any run of edits and runs ends as a naive run of everything", () => {
  const source = fc.array(fc.constantFrom(...NAMES, "1", "2", "!"), { maxLength: 3 }).map((words) => words.join(" "));
  const step = fc.oneof(
    fc.record({ do: fc.constant("edit" as const), name: fc.constantFrom(...NAMES), source }),
    fc.record({ do: fc.constant("run" as const), name: fc.constantFrom(...NAMES) }),
    fc.record({ do: fc.constant("start" as const), name: fc.constantFrom(...NAMES) }),
    fc.record({ do: fc.constant("stop" as const) }),
  );
  it("holds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...NAMES.map(() => source)),
        fc.array(step, { maxLength: 12 }),
        async (sources, steps) => {
          const n = notebook(Object.fromEntries(NAMES.map((name, i) => [name, sources[i]])));
          const started: Promise<void>[] = [];
          for (const each of steps) {
            if (each.do === "edit") n.edit(each.name, each.source);
            else if (each.do === "run") await n.runtime.run([n.id(each.name)]);
            else if (each.do === "start") started.push(n.runtime.run([n.id(each.name)]));
            else n.runtime.stop();
          }
          await Promise.all(started);
          await n.runtime.run("all");
          const naive = naiveRun(n.cells(), n.present());
          for (const cell of n.cells()) {
            const expected = naive.get(cell.name);
            if (expected === undefined) expect(["idle", "failed", "stale"]).toContain(n.status(cell.name));
            else expect([n.status(cell.name), n.value(cell.name)]).toEqual(["ready", expected]);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Every runnable cell from scratch, by plain recursion over names; a failing one and those below it have no value. */
function naiveRun(cells: TestCell[], { graph }: Present): Map<string, string> {
  const values = new Map<string, string>();
  const compute = (cell: TestCell): string => {
    if (graph.faults.has(cell.id)) throw new Error("faulty");
    const inputs = new Map<string, string>();
    for (const name of new Set(cell.source.match(/[a-z]+/g) ?? [])) {
      const parent = cells.find((each) => each.name === name);
      if (parent && name !== cell.name) inputs.set(name, compute(parent));
    }
    return textOf(cell.source, inputs);
  };
  for (const cell of cells) {
    try {
      values.set(cell.name, compute(cell));
    } catch {
      // No value.
    }
  }
  return values;
}
