import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMPILED, compileKernel, kernelNames } from "./kernels";

describe("the compiled kernels", () => {
  it("exist", () => {
    expect(kernelNames().length).toBeGreaterThan(0);
  });

  it.each(kernelNames())("%s is what its source compiles to", async (name) => {
    expect(readFileSync(join(COMPILED, `${name}.wasm.ts`), "utf8"), "run `npm run kernels`").toBe(
      await compileKernel(name),
    );
  });
});
