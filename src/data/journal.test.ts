import { describe, expect, it } from "vitest";
import { createJournal, type Step } from "./journal";

const keep = (name: string, sql: string): Step => ({ kind: "keep", name, sql });
const alias = (name: string, target: string): Step => ({ kind: "alias", name, target });
const drop = (name: string): Step => ({ kind: "drop", name });

function planAfter(...steps: Step[]): Step[] {
  const journal = createJournal();
  journal.start(["train", "test"]);
  for (const step of steps) journal.record(step);
  return journal.plan();
}

describe("the journal of an engine", () => {
  it("repeats what was kept, put and shown, in order", () => {
    const put: Step = { kind: "put", name: "p", arrow: Uint8Array.of(1) };
    const steps = [keep("a", "from train"), alias("x", "a"), put, keep("b", "from x, p")];
    expect(planAfter(...steps)).toEqual(steps);
  });

  it("forgets what was replaced and nothing living was made from", () => {
    const last = keep("A", "select 3");
    expect(planAfter(keep("a", "select 1"), keep("a", "select 2"), last)).toEqual([last]);
    expect(planAfter(keep("a", "select 1"), alias("x", "a"), drop("x"), drop("a"))).toEqual([]);
  });

  it("keeps an older version as long as something was made from it", () => {
    const first = [keep("a1", "select 1"), alias("x", "a1"), keep("b", "from x")];
    const second = [keep("a2", "select 2"), alias("x", "a2")];
    expect(planAfter(...first, ...second)).toEqual([...first, ...second]);
    const after = keep("b", "select 3");
    expect(planAfter(...first, ...second, after)).toEqual([first[0], ...second, after]);
  });

  it("drops again what its own plan makes, and tables of the files", () => {
    const steps = [keep("a", "select 1"), keep("b", "from a"), drop("a")];
    expect(planAfter(...steps)).toEqual(steps);
    expect(planAfter(drop("train"))).toEqual([drop("train")]);
    expect(planAfter(drop("never_there"))).toEqual([]);
  });

  it("begins anew with new files", () => {
    const journal = createJournal();
    journal.start(["train"]);
    journal.record(keep("a", "from train"));
    journal.start(["train"]);
    expect(journal.plan()).toEqual([]);
  });

  it("names what a user can read: not the tables behind the aliases", () => {
    const journal = createJournal();
    journal.start(["train"]);
    journal.record(keep("k_1", "from train"));
    journal.record(alias("balance", "k_1"));
    journal.record(keep("plain", "from train"));
    expect(journal.names()).toEqual(["train", "balance", "plain"]);
    journal.record(drop("train"));
    expect(journal.names()).toEqual(["balance", "plain"]);
  });

  it("can give up a step that cannot be repeated", () => {
    const journal = createJournal();
    journal.start([]);
    journal.record(keep("a", "select 1"));
    journal.forget("A");
    expect(journal.plan()).toEqual([]);
  });
});
