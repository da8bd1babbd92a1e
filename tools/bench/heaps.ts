import type { Page } from "@playwright/test";

export interface Heaps {
  /** JavaScript objects, in bytes. */
  heap: number;
  /** Buffers and the memories of WebAssembly. */
  buffers: number;
  workers: number;
}

/** Collects the garbage of a page and its workers, and sums up what is left. Chromium's own protocol; set up before they start. */
export async function watchHeaps(page: Page): Promise<() => Promise<Heaps>> {
  const session = await page.context().newCDPSession(page);
  const workers = new Set<string>();
  const answers = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>();
  let calls = 0;
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker") workers.add(sessionId);
  });
  session.on("Target.detachedFromTarget", ({ sessionId }) => workers.delete(sessionId));
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const answer = JSON.parse(message);
    answers.get(answer.id)?.(answer);
    answers.delete(answer.id);
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });

  const ask = (sessionId: string, method: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      const timer = setTimeout(() => reject(new Error(`a worker did not answer ${method}`)), 10_000);
      answers.set(id, ({ result, error }) => {
        clearTimeout(timer);
        if (error) reject(new Error(JSON.stringify(error)));
        else resolve(result);
      });
      session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
    });
  const usageOf = async (call: (method: string) => Promise<unknown>) => {
    await call("HeapProfiler.enable");
    for (let i = 0; i < 3; i++) await call("HeapProfiler.collectGarbage");
    return (await call("Runtime.getHeapUsage")) as { usedSize: number; backingStorageSize: number };
  };

  return async () => {
    await page.waitForTimeout(1_000); // what is let go after a run is let go by then
    const usages = [
      await usageOf((method) => session.send(method as "HeapProfiler.enable")),
      ...(await Promise.all(
        [...workers].map((id) =>
          usageOf((method) => ask(id, method)).catch(() => ({ usedSize: 0, backingStorageSize: 0 })),
        ),
      )),
    ];
    const sum = (of: (usage: (typeof usages)[number]) => number): number =>
      usages.reduce((total, usage) => total + of(usage), 0);
    return {
      heap: sum(({ usedSize }) => usedSize),
      buffers: sum(({ backingStorageSize }) => backingStorageSize),
      workers: workers.size,
    };
  };
}
