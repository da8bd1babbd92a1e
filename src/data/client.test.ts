import { describe, expect, it } from "vitest";
import { abortError, Fault, type Port, serveCalls, type WorkerPort } from "../base";
import { createEngine } from "./client";
import { createEngineCode } from "./engine-code";
import type { DataProtocol, Relation } from "./protocol";

/** A worker in a few lines: it remembers what it was asked, hangs on `hang`, dies on `die` and crashes on `crash`. */
function fakeWorkers() {
  const log: string[] = [];
  let spawned = 0;
  const spawn = (): WorkerPort => {
    const worker = ++spawned;
    const toWorker: ((message: unknown) => void)[] = [];
    const toPage: ((message: unknown) => void)[] = [];
    const deaths: ((fault: Fault) => void)[] = [];
    let alive = true;
    const side = (mine: typeof toPage, theirs: typeof toPage): Port => ({
      post: (message) => queueMicrotask(() => alive && theirs.forEach((listener) => void listener(message))),
      listen: (listener) => mine.push(listener),
      onDeath: (listener) => deaths.push(listener),
    });
    const terminate = (fault: Fault) => {
      if (!alive) return;
      alive = false;
      log.push(`${worker} ended`);
      for (const listener of deaths) listener(fault);
    };
    let tail: Promise<unknown> = Promise.resolve();
    const step = (what: string, work: () => unknown = () => undefined) => {
      const turn = tail.then(() => {
        log.push(`${worker} ${what}`);
        return work();
      });
      tail = turn.catch(() => {});
      return turn as Promise<never>;
    };
    const relation = (name: string): Relation => ({ name, rows: 1, columns: [] });
    serveCalls<DataProtocol>(side(toWorker, toPage), {
      boot: ({ wasm }) => step(wasm ? "boot again" : "boot", () => ({ compiled: true })),
      rehearse: (_, { signal }) =>
        step("rehearse", async () => {
          await new Promise((done) => setTimeout(done, 20));
          if (signal.aborted) throw abortError();
        }),
      glance: ({ table }) => step(`glance ${table}`, () => relation(table)),
      load: ({ table, bytes }) => step(`load ${table}${bytes ? "" : " as it is there"}`, () => relation(table)),
      lock: () => step("lock"),
      query: ({ sql }, { signal }) =>
        step(sql, () => {
          if (sql.includes("die")) terminate(new Fault("worker-died", "The data worker stopped"));
          if (sql.includes("crash")) throw new Fault("engine-crashed", "table index is out of bounds");
          if (sql.includes("hang")) return new Promise(() => {});
          if (sql.includes("slow"))
            return new Promise((_, reject) => signal.addEventListener("abort", () => reject(abortError())));
          return new Uint8Array(0);
        }),
      keep: ({ name }) => step(`keep ${name}`, () => relation(name)),
      alias: ({ name, target }) => step(`alias ${name} ${target}`),
      put: ({ name }) => step(`put ${name}`, () => relation(name)),
      drop: ({ name }) => step(`drop ${name}`),
      attach: () => step("attach", () => ({ rows: 0, groups: [], columns: [] })),
      write: () => step("write", () => ({ bytes: new Uint8Array(0), sha256: "" })),
      settled: () => step("settled"),
    });
    return { ...side(toPage, toWorker), terminate };
  };
  return { spawn, log };
}

/** Of no page: what one test's engines made is nothing to another's. */
const ownCode = () => createEngineCode(() => Promise.reject(new Error("nobody asked ahead")));

const file = { table: "train", file: "train.csv", format: "csv" as const, bytes: Uint8Array.of(1) };

async function engineWithState() {
  const { spawn, log } = fakeWorkers();
  const engine = createEngine({ spawn, code: ownCode() });
  await engine.open([file]);
  await engine.keep("k", "from train");
  await engine.alias("mine", "k");
  log.length = 0;
  return { engine, log };
}

const restored = ["2 boot again", "2 load train", "2 lock", "2 keep k", "2 alias mine k"];

describe("the data engine's client", () => {
  it("opens files in their order and locks, in a fresh engine each time", async () => {
    const { spawn, log } = fakeWorkers();
    const engine = createEngine({ spawn, code: ownCode() });
    await engine.open([file, { ...file, table: "test" }]);
    await engine.open([file]);
    expect(log).toEqual([
      "1 boot",
      "1 load train",
      "1 load test",
      "1 lock",
      "1 ended",
      "2 boot again",
      "2 load train",
      "2 lock",
    ]);
  });

  it("opens in the engine that was warmed, once, and never runs a statement in one that is not locked", async () => {
    const { spawn, log } = fakeWorkers();
    const engine = createEngine({ spawn, code: ownCode() });
    await engine.warm();
    await engine.warm();
    await engine.open([file]);
    expect(log).toEqual(["1 boot", "1 load train", "1 lock"]);
    await engine.open([file]);
    expect(log.slice(3)).toEqual(["1 ended", "2 boot again", "2 load train", "2 lock"]);

    const early = fakeWorkers();
    const unopened = createEngine({ spawn: early.spawn, code: ownCode() });
    await unopened.warm();
    await unopened.query("select 1");
    expect(early.log).toEqual(["1 boot", "1 lock", "1 select 1"]);
    await unopened.open([file]);
    expect(early.log.slice(3)).toEqual(["1 ended", "2 boot again", "2 load train", "2 lock"]);
  });

  it("opens in the engine that has rehearsed, and rehearses in no other", async () => {
    const { spawn, log } = fakeWorkers();
    const engine = createEngine({ spawn, code: ownCode() });
    await engine.rehearse();
    await engine.rehearse();
    await engine.open([file]);
    await engine.rehearse();
    expect(log).toEqual(["1 boot", "1 rehearse", "1 load train", "1 lock"]);
  });

  it("opens without a rehearsal that was broken off", async () => {
    const { spawn, log } = fakeWorkers();
    const engine = createEngine({ spawn, code: ownCode() });
    const stop = new AbortController();
    const rehearsal = engine.rehearse({ signal: stop.signal });
    while (log.length < 2) await new Promise((later) => setTimeout(later, 0));
    stop.abort();
    await expect(rehearsal).rejects.toMatchObject({ name: "AbortError" });
    await engine.open([file]);
    expect(log).toEqual(["1 boot", "1 rehearse", "1 load train", "1 lock"]);
  });

  const parquet = { ...file, file: "train.parquet", format: "parquet" as const };

  it("has a glance at files before they are loaded, in an engine that is locked after it", async () => {
    const { spawn, log } = fakeWorkers();
    const engine = createEngine({ spawn, code: ownCode() });
    const relations = await engine.open([parquet, { ...parquet, table: "test" }], {
      glance: async (views, glanced) => {
        expect(views.map(({ name }) => name)).toEqual(["train", "test"]);
        await glanced.keep("narrow", "from train");
        await glanced.query("from narrow");
      },
    });
    expect(relations.map(({ name }) => name)).toEqual(["train", "test"]);
    const glance = ["1 glance train", "1 glance test", "1 keep narrow", "1 from narrow"];
    expect(log).toEqual(["1 boot", ...glance, "1 load train as it is there", "1 load test as it is there", "1 lock"]);
    // What it kept is no table of the task's: a new engine does not bring it back.
    await expect(engine.query("select 'die'")).rejects.toMatchObject({ code: "engine-restarted" });
    log.length = 0;
    await engine.query("select 1");
    expect(log).toEqual(["2 boot again", "2 load train", "2 load test", "2 lock", "2 select 1"]);
  });

  it.each(["copy t to 'x'", "select 'crash'", "select 'die'"])(
    "loads as if there had been no glance where one fails: %s",
    async (sql) => {
      const { spawn, log } = fakeWorkers();
      const engine = createEngine({ spawn, code: ownCode() });
      await engine.open([parquet], { glance: async (_, { query }) => void (await query(sql)) });
      expect(log.slice(-4)).toEqual(["1 ended", "2 boot again", "2 load train", "2 lock"]);
      await engine.query("select 1");
      expect(log.at(-1)).toBe("2 select 1");
    },
  );

  it("has no glance at CSV files and at large ones", async () => {
    const { spawn, log } = fakeWorkers();
    const engine = createEngine({ spawn, code: ownCode() });
    const glance = () => Promise.reject(new Error("looked"));
    await engine.open([file], { glance });
    await engine.open([parquet, { ...parquet, table: "test", bytes: new Uint8Array(64e6) }], { glance });
    expect(log.filter((line) => line.includes("glance"))).toEqual([]);
  });

  it("ends a glance with the opening that is aborted", async () => {
    const { spawn, log } = fakeWorkers();
    const engine = createEngine({ spawn, code: ownCode() });
    const stop = new AbortController();
    const opening = engine.open([parquet], {
      signal: stop.signal,
      glance: async (_, { query }) => {
        setTimeout(() => stop.abort(), 10);
        await query("select 'slow'");
      },
    });
    await expect(opening).rejects.toMatchObject({ name: "AbortError" });
    await engine.open([file]);
    expect(log.slice(2)).toEqual(["1 select 'slow'", "1 ended", "2 boot again", "2 load train", "2 lock"]);
  });

  it("lets a statement that stops by itself do so", async () => {
    const { engine, log } = await engineWithState();
    const stop = new AbortController();
    const running = engine.query("select 'slow'", { signal: stop.signal });
    setTimeout(() => stop.abort(), 10);
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    await engine.query("select 1");
    expect(log).toEqual(["1 select 'slow'", "1 settled", "1 select 1"]);
  });

  it("ends a worker that does not answer, and brings everything back on the next call", async () => {
    const { engine, log } = await engineWithState();
    const stop = new AbortController();
    const running = engine.query("select 'hang'", { signal: stop.signal });
    setTimeout(() => stop.abort(), 10);
    const started = performance.now();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - started).toBeLessThan(300);
    await engine.query("select 1");
    expect(performance.now() - started).toBeLessThan(1500);
    expect(log).toEqual(["1 select 'hang'", "1 ended", ...restored, "2 select 1"]);
  });

  it.each(["die", "crash"])("tells the call that was hit, and brings everything back after a %s", async (how) => {
    const { engine, log } = await engineWithState();
    await expect(engine.query(`select '${how}'`)).rejects.toMatchObject({ code: "engine-restarted" });
    await engine.query("select 1");
    expect(log).toEqual([`1 select '${how}'`, "1 ended", ...restored, "2 select 1"]);
  });

  it("runs calls one after another, and skips one that was aborted while it waited", async () => {
    const { engine, log } = await engineWithState();
    const stop = new AbortController();
    const calls = [
      engine.query("select 1"),
      engine.query("select 2", { signal: stop.signal }),
      engine.query("select 3"),
    ];
    stop.abort();
    const ends = await Promise.allSettled(calls);
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(log).toEqual(["1 select 1", "1 select 3"]);
  });

  it("refuses a statement before a worker sees it", async () => {
    const { engine, log } = await engineWithState();
    await expect(engine.query("copy train to 'x'")).rejects.toMatchObject({ code: "sql-refused" });
    await expect(engine.keep("k", "attach 'x'")).rejects.toMatchObject({ code: "sql-refused" });
    expect(log).toEqual([]);
  });

  it("is over when it is disposed of", async () => {
    const { engine } = await engineWithState();
    const running = engine.query("select 'hang'");
    await Promise.resolve();
    engine.dispose();
    await expect(running).rejects.toMatchObject({ code: "engine-stopped" });
    await expect(engine.query("select 1")).rejects.toMatchObject({ code: "engine-stopped" });
  });
});
