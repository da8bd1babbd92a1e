import { describe, expect, it } from "vitest";
import type { Progress } from "../base";
import { createEngineCode } from "./engine-code";

const module = { compiled: true } as unknown as WebAssembly.Module;

interface Asked {
  done(made: WebAssembly.Module): void;
  fail(error: Error): void;
  tell(progress: Progress): void;
}

function compiler() {
  const asked: Asked[] = [];
  const code = createEngineCode(
    (tell) => new Promise<WebAssembly.Module>((done, fail) => asked.push({ done, fail, tell })),
  );
  /** What a worker is started with; it has the code from then on. */
  const booted: (WebAssembly.Module | undefined)[] = [];
  const boot = (given: WebAssembly.Module | undefined) => {
    booted.push(given);
    return Promise.resolve(module);
  };
  return { code, asked, boot, booted };
}

describe("the engine's code", () => {
  it("is made by the first worker, and the next ones have it", async () => {
    const { code, asked, boot, booted } = compiler();
    await code.boot(boot);
    await code.boot(boot);
    expect(booted).toEqual([undefined, module]);
    code.fetchAhead();
    expect(asked).toHaveLength(0);
  });

  it("is not fetched while a worker is making it, and not made twice", async () => {
    const { code, asked, boot, booted } = compiler();
    let made: (module: WebAssembly.Module) => void = () => {};
    const first = code.boot(() => new Promise((done) => (made = done)));
    await Promise.resolve();
    code.fetchAhead();
    const second = code.boot(boot);
    made(module);
    await Promise.all([first, second]);
    expect(asked).toHaveLength(0);
    expect(booted).toEqual([module]);
  });

  it("is fetched ahead once, and whoever waits hears how far it is", async () => {
    const { code, asked, boot, booted } = compiler();
    code.fetchAhead();
    code.fetchAhead();
    expect(asked).toHaveLength(1);
    const heard: Progress[] = [];
    const waiting = code.boot(boot, (progress) => heard.push(progress));
    asked[0].tell({ done: 0.5 });
    asked[0].done(module);
    await waiting;
    asked[0].tell({ done: 1 });
    expect(booted).toEqual([module]);
    expect(heard).toEqual([{ done: 0.5 }]);
  });

  it("that does not come is left to the worker, which says why, and may be fetched again", async () => {
    const { code, asked, boot, booted } = compiler();
    code.fetchAhead();
    const waiting = code.boot(() => Promise.reject(new Error("no network")));
    asked[0].fail(new Error("offline"));
    await expect(waiting).rejects.toThrow("no network");
    code.fetchAhead();
    expect(asked).toHaveLength(2);
    asked[1].done(module);
    await code.boot(boot);
    expect(booted).toEqual([module]);
  });
});
