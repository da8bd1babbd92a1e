import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCaller, Fault, type Port, work } from "../base";
import { createWork } from "../base/work";
import { createTurns } from "./calm";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether a wait has ended, after this long. */
async function endsWithin(wait: Promise<void>, ms: number): Promise<boolean> {
  let ended = false;
  void wait.then(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(ms);
  return ended;
}

describe("calm", () => {
  it("is there after a while in which nothing goes on", async () => {
    const wait = createTurns(createWork(), { quiet: 1_000, patience: 60_000 })();
    expect(await endsWithin(wait, 800)).toBe(false);
    expect(await endsWithin(wait, 300)).toBe(true);
  });

  it("is waited for until everything has ended, and a while more", async () => {
    const own = createWork();
    const ends = [own.begin(), own.begin()];
    const wait = createTurns(own, { quiet: 1_000, patience: 60_000 })();
    expect(await endsWithin(wait, 5_000)).toBe(false);
    ends[0]();
    expect(await endsWithin(wait, 5_000)).toBe(false);
    ends[1]();
    expect(await endsWithin(wait, 800)).toBe(false);
    own.begin()(); // a moment's work breaks the quiet
    expect(await endsWithin(wait, 800)).toBe(false);
    expect(await endsWithin(wait, 400)).toBe(true);
  });

  it("that holds is not waited for again", async () => {
    const own = createWork();
    const turn = createTurns(own, { quiet: 1_000, patience: 60_000 });
    expect(await endsWithin(turn(), 1_100)).toBe(true);
    expect(await endsWithin(turn(), 0)).toBe(true);
    own.begin()(); // between two turns
    const wait = turn();
    expect(await endsWithin(wait, 800)).toBe(false);
    expect(await endsWithin(wait, 300)).toBe(true);
  });

  it("is waited for no longer than there is patience", async () => {
    const own = createWork();
    own.begin();
    const wait = createTurns(own, { quiet: 1_000, patience: 10_000 })();
    expect(await endsWithin(wait, 9_000)).toBe(false);
    expect(await endsWithin(wait, 1_200)).toBe(true);
  });
});

type Asking = { ask: { args: null; result: null } };

/** A port whose other end answers when it is told to. */
function slowPort() {
  let hear: (message: unknown) => void = () => {};
  let die: (fault: Fault) => void = () => {};
  const asked: number[] = [];
  const port: Port = {
    post: (message) => asked.push((message as { id: number }).id),
    listen: (listener) => {
      hear = listener;
    },
    onDeath: (listener) => {
      die = listener;
    },
  };
  const answer = () => hear({ id: asked[0], kind: "result", value: null });
  return { port, answer, die: () => die(new Fault("worker-died", "gone")) };
}

describe("calm and calls", () => {
  it.each(["answered", "aborted", "dead", "unsendable"])("a call that is %s goes on no longer", async (how) => {
    const { port, answer, die } = slowPort();
    const post = () => {
      throw new Error("cannot be cloned");
    };
    const call = createCaller<Asking>(how === "unsendable" ? { ...port, post } : port);
    const controller = new AbortController();
    const asked = call("ask", null, { signal: controller.signal }).catch(() => null);
    const wait = createTurns(work, { quiet: 500, patience: 60_000 })();
    if (how !== "unsendable") expect(await endsWithin(wait, 5_000)).toBe(false);
    if (how === "answered") answer();
    if (how === "aborted") controller.abort();
    if (how === "dead") die();
    await asked;
    expect(await endsWithin(wait, 700)).toBe(true);
  });
});
