import { expect, it } from "vitest";
import { createCaller, type Port, serveCalls, workerPort } from "./calls";
import { Fault } from "./fault";
import { memoryFault } from "./memory";

type Sums = { sum: { args: number[]; result: number }; fill: { args: string; result: number } };

/** A worker whose other end is served here. */
function fakeWorker() {
  const page = new EventTarget();
  let heard: (message: unknown) => void = () => {};
  const log = { terminated: 0 };
  const port: Port = {
    post: (data) => queueMicrotask(() => page.dispatchEvent(Object.assign(new Event("message"), { data }))),
    listen: (listener) => {
      heard = listener;
    },
    onDeath: () => {},
  };
  serveCalls<Sums>(port, {
    sum: (values) => values.reduce((a, b) => a + b, 0),
    fill: (words) => {
      throw words === "fault" ? new Fault("onnx", "Run failed: std::bad_alloc") : new RangeError(words);
    },
  });
  const worker = Object.assign(page, {
    postMessage: (message: unknown) => queueMicrotask(() => heard(message)),
    terminate: () => {
      log.terminated++;
    },
  });
  return { worker: worker as unknown as Worker, log };
}

it.each(["Array buffer allocation failed", "WebAssembly.Memory.grow(): failed to allocate", "fault"])(
  "an engine that runs out of memory (%s) is stopped, and says what to do",
  async (words) => {
    const { worker, log } = fakeWorker();
    const port = workerPort(worker, "learners");
    const deaths: Fault[] = [];
    port.onDeath((fault) => deaths.push(fault));
    const call = createCaller<Sums>(port);
    await expect(call("fill", words)).rejects.toMatchObject({
      code: "out-of-memory",
      message: "This step needs more memory than the tab has",
      hint: expect.stringContaining("Take fewer rows or columns"),
    });
    expect(log.terminated).toBe(1);
    expect(deaths).toHaveLength(1);
    await expect(call("sum", [1, 2])).rejects.toMatchObject({ code: "worker-died" });
  },
);

it("no other error stops an engine", async () => {
  const { worker, log } = fakeWorker();
  const call = createCaller<Sums>(workerPort(worker, "learners"));
  await expect(call("fill", "Invalid array length")).rejects.toThrow("Invalid array length");
  expect(await call("sum", [1, 2])).toBe(3);
  expect(log.terminated).toBe(0);
  expect(memoryFault(new Fault("sql-memory", "out of memory"))).toBeUndefined();
  expect(memoryFault("out of memory")).toBeUndefined();
});
