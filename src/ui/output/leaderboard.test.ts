import { expect, it } from "vitest";
import { sortedMembers } from "./leaderboard";

const member = (name: string, value: number, fitMs: number, metric = "accuracy") => ({
  name,
  title: name,
  weight: 0,
  score: { metric, value },
  fitMs,
  predictMs: 1,
  features: 1,
  notes: [],
});
const names = (members: { name: string }[]) => members.map(({ name }) => name).join("");

it("members are sorted by a column, both ways; equal ones keep their order", () => {
  const members = [member("a", 0.9, 5), member("b", 0.8, 7), member("c", 0.8, 5)];
  expect(names(sortedMembers(members, { by: "score", falling: true }))).toBe("abc");
  expect(names(sortedMembers(members, { by: "score", falling: false }))).toBe("bca");
  expect(names(sortedMembers(members, { by: "fitMs", falling: true }))).toBe("bac");
});

it("the best score is first, also where less is better, and one that is no number is last either way", () => {
  const members = [
    member("a", 0.4, 1, "log_loss"),
    member("b", Number.NaN, 1, "log_loss"),
    member("c", 0.2, 1, "log_loss"),
  ];
  expect(names(sortedMembers(members, { by: "score", falling: true }))).toBe("cab");
  expect(names(sortedMembers(members, { by: "score", falling: false }))).toBe("acb");
});
