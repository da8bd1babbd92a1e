import { describe, expect, it } from "vitest";
import {
  createCaller,
  createRandom,
  Fault,
  faultDataOf,
  hashOf,
  isAbort,
  levenshtein,
  nearestName,
  type Port,
  paced,
  readAs,
  serveCalls,
  shuffle,
  suggest,
  z,
} from ".";

/** Two ends of a channel in one process; `kill` is the death of the far end. */
function channel(): { near: Port; far: Port; kill: (fault: Fault) => void; sent: unknown[] } {
  const listeners: { near: ((m: unknown) => void)[]; far: ((m: unknown) => void)[] } = { near: [], far: [] };
  const deaths: ((fault: Fault) => void)[] = [];
  const sent: unknown[] = [];
  const end = (own: "near" | "far", other: "near" | "far"): Port => ({
    post: (message) => {
      sent.push(message);
      queueMicrotask(() => listeners[other].forEach((listener) => void listener(message)));
    },
    listen: (listener) => listeners[own].push(listener),
    onDeath: (listener) => own === "near" && deaths.push(listener),
  });
  return {
    near: end("near", "far"),
    far: end("far", "near"),
    kill: (fault) => deaths.forEach((tell) => void tell(fault)),
    sent,
  };
}

type Test = {
  double: { args: number; result: number };
  wait: { args: undefined; result: string };
  fail: { args: string; result: undefined };
};

function connected() {
  const wires = channel();
  serveCalls<Test>(wires.far, {
    double: (n, { progress }) => {
      progress({ done: 0.5, note: "half" });
      return n * 2;
    },
    wait: (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(Object.assign(new Error(), { name: "AbortError" }))),
      ),
    fail: (kind) => {
      throw kind === "fault"
        ? new Fault("named", "it is named", { hint: "mend it", where: { line: 3 } })
        : new TypeError("oh");
    },
  });
  return { ...wires, call: createCaller<Test>(wires.near) };
}

describe("calls", () => {
  it("answer, with progress on the way", async () => {
    const notes: unknown[] = [];
    expect(await connected().call("double", 21, { onProgress: (progress) => notes.push(progress) })).toBe(42);
    expect(notes).toEqual([{ done: 0.5, note: "half" }]);
  });
  it("carry a Fault whole, and a bug as an error with its message", async () => {
    const { call } = connected();
    await expect(call("fail", "fault")).rejects.toMatchObject({
      name: "Fault",
      code: "named",
      hint: "mend it",
      where: { line: 3 },
    });
    const bug = await call("fail", "bug").catch((error: unknown) => error);
    expect(bug).not.toBeInstanceOf(Fault);
    expect(String(bug)).toContain("TypeError: oh");
  });
  it("abort at once, and tell the other end", async () => {
    const { call, sent } = connected();
    const controller = new AbortController();
    const waiting = call("wait", undefined, { signal: controller.signal });
    controller.abort();
    expect(isAbort(await waiting.catch((error: unknown) => error))).toBe(true);
    expect(sent).toContainEqual({ id: 1, kind: "abort" });
  });
  it("are all rejected when the other end dies, and so is every later one", async () => {
    const { call, kill } = connected();
    const open = [call("wait", undefined), call("wait", undefined)];
    kill(new Fault("worker-died", "gone"));
    for (const each of [...open, call("double", 1)]) await expect(each).rejects.toMatchObject({ code: "worker-died" });
  });
  it("reject a call that cannot be posted", async () => {
    const { near } = channel();
    const call = createCaller<Test>({
      ...near,
      post: () => {
        throw new Error("cannot be cloned");
      },
    });
    await expect(call("double", 1)).rejects.toThrow("cannot be cloned");
  });
});

describe("faults", () => {
  it("learn their place from outside in, and keep what they knew", () => {
    expect(new Fault("x", "m", { where: { line: 2 } }).at({ cell: "a", line: 9 }).where).toEqual({
      cell: "a",
      line: 2,
    });
  });
  it("name a bug a bug", () =>
    expect(faultDataOf(new RangeError("r"))).toMatchObject({ code: "bug", message: "RangeError: r" }));
  it("say where data is wrong", () => {
    const schema = z.object({ columns: z.array(z.object({ modality: z.enum(["text"]) })) });
    expect(() => readAs(schema, { columns: [{ modality: "text" }, { modality: "taste" }] }, "task.json")).toThrow(
      /task\.json, at columns\.1\.modality/,
    );
  });
});

describe("names", () => {
  it("count code points", () => expect(levenshtein("a🍋c", "abc")).toBe(1));
  it("suggest what is near, else what there is", () => {
    expect(nearestName("prce", ["price", "title"])).toBe("price");
    expect(nearestName("zebra", ["price", "title"])).toBeUndefined();
    expect(suggest("prce", ["price", "title"])).toBe('Did you mean "price"?');
    expect(suggest("zebra", ["price", "title"])).toBe("There is price, title.");
  });
});

describe("chance", () => {
  it("is the same for the same seed and differs for another", () => {
    const take = (seed: number | string) => Array.from({ length: 5 }, createRandom(seed));
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
    expect(take("a")).toEqual(take("a"));
  });
  it("is spread evenly: chi-square over 16 bins of 16,000 numbers stays under the 0.999 quantile", () => {
    const random = createRandom(1);
    const bins = new Array<number>(16).fill(0);
    for (let i = 0; i < 16_000; i++) bins[Math.floor(random() * 16)]++;
    expect(bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(37.7);
  });
  it("shuffles without losing anything", () => {
    const shuffled = shuffle(
      Array.from({ length: 50 }, (_, i) => i),
      createRandom(3),
    );
    expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(shuffled).not.toEqual([...shuffled].sort((a, b) => a - b));
  });
});

it("hashes text as its UTF-8, like everyone else's SHA-256", () => {
  expect(hashOf("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(hashOf(new TextEncoder().encode("ü"))).toBe(hashOf("ü"));
});

it("paces progress: the first word, ten a second, and the last", () => {
  const told: number[] = [];
  let at = 0;
  const tell = paced(
    ({ done }) => told.push(done),
    () => at,
  );
  for (let step = 0; step <= 100; step++, at += 3) tell({ done: step / 100 });
  expect(told).toEqual([0, 0.34, 0.68, 1]);
});
