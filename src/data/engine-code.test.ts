import { describe, expect, it } from "vitest";
import type { Progress } from "../base";
import { createEngineCode } from "./engine-code";

const module = { compiled: true } as unknown as WebAssembly.Module;

function compiler() {
  const asked: { done(made: WebAssembly.Module): void; fail(error: Error): void; tell(progress: Progress): void }[] =
    [];
  const code = createEngineCode(
    (tell) => new Promise((done, fail) => asked.push({ done, fail, tell })) as Promise<WebAssembly.Module>,
  );
  return { code, asked };
}

describe("the engine's code", () => {
  it("is nobody's until it is asked for: the first worker makes it, and the next ones have it", async () => {
    const { code, asked } = compiler();
    expect(await code.get()).toBeUndefined();
    code.keep(module);
    expect(await code.get()).toBe(module);
    code.fetchAhead();
    expect(asked).toHaveLength(0);
  });

  it("is fetched ahead once, and whoever waits hears how far it is", async () => {
    const { code, asked } = compiler();
    code.fetchAhead();
    code.fetchAhead();
    expect(asked).toHaveLength(1);
    const heard: Progress[] = [];
    const waiting = code.get((progress) => heard.push(progress));
    asked[0].tell({ done: 0.5 });
    asked[0].done(module);
    expect(await waiting).toBe(module);
    asked[0].tell({ done: 1 });
    expect(heard).toEqual([{ done: 0.5 }]);
  });

  it("that does not come is left to the worker, which says why, and may be fetched ahead again", async () => {
    const { code, asked } = compiler();
    code.fetchAhead();
    const waiting = code.get();
    asked[0].fail(new Error("offline"));
    expect(await waiting).toBeUndefined();
    expect(await code.get()).toBeUndefined();
    code.fetchAhead();
    expect(asked).toHaveLength(2);
  });
});
