import { expect, it } from "vitest";
import { createPatience } from "./patience";

it("slow texts use it up, quick ones do not, and it comes back", () => {
  let clock = 0;
  const patience = createPatience(() => clock);
  const work = (ms: number) => () => {
    clock += ms;
    return "set";
  };
  for (let i = 0; i < 500; i++) expect(patience.spend(work(20))).toBe("set");
  for (let i = 0; i < 4; i++) expect(patience.spend(work(600))).toBe("set");
  expect(patience.spend(work(600))).toBeUndefined();
  clock += 3_000;
  expect(patience.spend(work(20))).toBe("set");
});
