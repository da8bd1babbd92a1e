import { describe, expect, it } from "vitest";
import type { Session } from "../../app";
import { parseNotebook, startHistory } from "../../notebook";
import { createSteady } from "./steady";

const session: Session = {
  slot: "a",
  trusted: true,
  shared: undefined,
  elsewhere: false,
  saved: { status: "saved" },
  history: startHistory(parseNotebook("")),
  states: new Map(),
};
const running = (done: number, since = 1): Session => ({
  ...session,
  states: new Map([["c", { status: "running", done, since }]]),
});

describe("a steady session", () => {
  it("is the same object while a run goes on", () => {
    const steady = createSteady();
    const first = steady(running(0.1));
    expect(steady(running(0.2))).toBe(first);
    expect(steady({ ...running(0.3) })).toBe(first);
  });

  it("is a new one when a cell begins or ends, and when anything else changes", () => {
    const steady = createSteady();
    const first = steady(running(0.1));
    expect(steady(running(0.1, 2))).not.toBe(first);
    const second = steady(running(0.2, 2));
    expect(steady(session)).toBe(session);
    expect(steady(running(0.2, 2))).not.toBe(second);
    const now = steady(running(0.2, 2));
    expect(steady({ ...running(0.2, 2), elsewhere: true })).not.toBe(now);
    expect(steady(undefined)).toBeUndefined();
  });
});
