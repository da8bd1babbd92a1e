import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { CellValue } from "../cells";
import { formatNotebook, parseNotebook, setSource } from "../notebook";
import type { CellState } from "../runtime";
import { loadParsers } from "../sandbox";
import { createAutosave } from "./autosave";
import { download, downloadJson } from "./download";
import { derive } from "./graph";
import { authorScores, reproduction } from "./reproduce";
import { formatRoute, type Route, readRoute } from "./route";

await loadParsers();

const starter = parseNotebook(
  readFileSync(join(import.meta.dirname, "../../tools/samples/notebooks/emoji-aisle.md"), "utf8"),
);

describe("routes", () => {
  it.each<Route>([
    { page: "home" },
    { page: "board" },
    { page: "diagnostics" },
    { page: "compare", before: "claimed:ab", after: "cd" },
    { page: "across", run: "ab" },
    { page: "task", id: "emoji-aisle" },
    { page: "notebook", slot: "a/b ü" },
    { page: "link", text: "1.abc.0000000" },
  ])("%j reads back", (route) => {
    expect(readRoute(formatRoute(route))).toEqual(route);
  });
  it("knows what it does not know", () => expect(readRoute("#/nowhere/x/y")).toMatchObject({ page: "unknown" }));
});

describe("autosave", () => {
  it("writes at once, never two at a time, and always the newest", async () => {
    const written: number[] = [];
    let release = (): void => {};
    const autosave = createAutosave<number>(
      (_, value) => {
        written.push(value);
        return new Promise((resolve) => {
          release = resolve;
        });
      },
      () => {},
    );
    for (const value of [1, 2, 3]) autosave.save("a", value);
    expect(written).toEqual([1]);
    release();
    await vi.waitFor(() => expect(written).toEqual([1, 3]));
    release();
    await autosave.settled();
  });
  it("says when it could not write, and goes on with the next", async () => {
    const said: (string | undefined)[] = [];
    let broken = true;
    const autosave = createAutosave<number>(
      async () => {
        if (broken) throw new Error("disk full");
      },
      (slot, status, fault) => status === "saved" && said.push(fault?.message ?? slot),
    );
    autosave.save("a", 1);
    await autosave.settled();
    broken = false;
    autosave.save("b", 2);
    await autosave.settled();
    // What failed is tried again, so that opening another notebook loses nothing.
    expect(said).toEqual(["Error: disk full", "a", "b"]);
  });
});

describe("the graph of the starter notebook", () => {
  const reads = (name: string): string[] => {
    const { cells, graph } = derive(starter, "data");
    const id = cells.find((cell) => cell.name === name)?.id ?? "";
    return [...(graph.reads.get(id)?.keys() ?? []), ...(graph.given.get(id) ?? [])].sort();
  };
  it("has no fault", () => expect([...derive(starter, "data").graph.faults.values()]).toEqual([]));
  it.each([
    ["class_balance", ["train"]],
    ["balance", ["class_balance"]],
    ["features", []],
    ["mine", ["features"]],
    ["baseline", []],
    ["result", ["baseline", "majority", "mine"]],
    ["mistakes", ["mine", "validation"]],
  ])("%s reads %j", (name, expected) => expect(reads(name)).toEqual(expected));
  it("other data, other keys; the same data, the same keys", () => {
    expect(derive(starter, "a").keys).not.toEqual(derive(starter, "b").keys);
    const keys = (text: string): string[] => [...derive(parseNotebook(text), "a").keys.values()];
    expect(keys("words\n\n```sql a\nselect 1\n```\n")).toEqual(keys("```sql a\nselect 1\n```\n"));
  });
});

describe("reproducing an author's scores", () => {
  const scored = (value: number): CellValue =>
    ({
      kind: "score",
      split: "validation",
      metric: "accuracy",
      classes: [],
      leaky: true,
      entries: [{ name: "mine", scored: { primary: { value } } }],
    }) as unknown as CellValue;
  const stateOf = (notebook: typeof starter, value: number): Map<string, CellState<CellValue>> => {
    const { cells, keys } = derive(notebook, "d");
    const id = cells.find((cell) => cell.name === "result")?.id ?? "";
    return new Map([[id, { status: "ready", last: { value: scored(value), key: keys.get(id) ?? "", tookMs: 1 } }]]);
  };
  const shared = { markdown: "", scores: authorScores(derive(starter, "d"), stateOf(starter, 0.7123456789012345)) };
  it("takes the fresh scores of the author", () =>
    expect(shared.scores).toEqual({ result: { mine: 0.7123456789012345 } }));
  it("says same, to the last digit", () =>
    expect(reproduction(shared, derive(starter, "d"), stateOf(starter, 0.7123456789012345))).toEqual({
      kind: "same",
      of: "scores",
      count: 1,
    }));
  it("names the first cell, in the order of running, whose result is another one", () => {
    const { markdown, ...rest } = { ...shared, markdown: formatNotebook(starter) };
    const checks = { class_balance: "aaaa", features: "bbbb", mine: "cccc" };
    const state = stateOf(starter, 0.7123456789012346);
    const mine = { ...checks, features: "xxxx", mine: "yyyy" };
    expect(reproduction({ ...rest, markdown, checks }, derive(starter, "d"), state, mine)).toMatchObject({
      kind: "differs",
      first: { cell: "features", changed: false },
    });
    const edited = setSource(starter, derive(starter, "d").cells[2].id, "export default 1;");
    expect(reproduction({ markdown, checks }, derive(edited, "d"), new Map(), mine)).toEqual({
      kind: "result differs",
      first: { cell: "features", changed: true },
    });
    expect(reproduction({ markdown, checks }, derive(starter, "d"), new Map(), checks)).toEqual({
      kind: "same",
      of: "results",
      count: 3,
    });
  });
  it("names the score that differs", () => {
    expect(reproduction(shared, derive(starter, "d"), stateOf(starter, 0.7123456789012346))).toMatchObject({
      kind: "differs",
      cell: "result",
      predictions: "mine",
    });
  });
  it("does not compare what was made on other data", () => {
    const elsewhere = { ...shared, task: { id: "emoji-aisle", data: "e" } };
    expect(reproduction(elsewhere, derive(starter, "d"), stateOf(starter, 0.7123456789012345))).toEqual({
      kind: "other data",
    });
  });
  it("waits for a score that is stale or missing", () => {
    expect(reproduction(shared, derive(starter, "d"), new Map())).toEqual({ kind: "pending" });
    const edited = setSource(starter, derive(starter, "d").cells[2].id, "export default 1;");
    expect(reproduction(shared, derive(edited, "d"), stateOf(starter, 0.7123456789012345))).toEqual({
      kind: "pending",
    });
  });
});

describe("downloads", () => {
  const answer = (body: string, status = 200): void => {
    vi.stubGlobal("document", { baseURI: "http://localhost/" });
    vi.stubGlobal("fetch", async () => new Response(body, { status }));
  };
  it("give the bytes when the hash fits", async () => {
    answer("abc");
    const bytes = await download("f", { sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" });
    expect(new TextDecoder().decode(bytes)).toBe("abc");
  });
  it.each([
    ["a damaged file", "abd", 200, "file-damaged"],
    ["a missing file", "", 404, "file-missing"],
  ])("name %s", async (_, body, status, code) => {
    answer(body, status);
    await expect(
      download("folder/f.parquet", { sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }),
    ).rejects.toMatchObject({ code, message: expect.stringContaining("folder/f.parquet") });
  });
  it("know a host's index page from JSON", async () => {
    answer("<!doctype html>");
    await expect(downloadJson("task.json")).rejects.toMatchObject({ code: "file-missing" });
    answer("{");
    await expect(downloadJson("task.json")).rejects.toMatchObject({ code: "file-damaged" });
  });
});
