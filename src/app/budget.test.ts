import { describe, expect, it } from "vitest";
import { budgetOf, withinBudget } from "./budget";

const endless = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("a cell's time", () => {
  it("is the notebook's, else its kind's", () => {
    expect(budgetOf({ kind: "sql" }, 5)).toBe(5);
    expect(budgetOf({ kind: "model" }, undefined)).toBeGreaterThan(budgetOf({ kind: "sql" }, undefined));
  });
  it("that is over stops the work and says so", () =>
    expect(withinBudget(0.01, new AbortController().signal, endless)).rejects.toMatchObject({ code: "cell-timeout" }));
  it("is no fault when the reader stopped it first, nor when the work was done or failed in time", async () => {
    const controller = new AbortController();
    const stopped = withinBudget(10, controller.signal, endless);
    controller.abort();
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(await withinBudget(10, new AbortController().signal, async () => 7)).toBe(7);
    await expect(
      withinBudget(10, new AbortController().signal, () => Promise.reject(new Error("own"))),
    ).rejects.toThrow("own");
  });
});
