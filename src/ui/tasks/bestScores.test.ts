import { expect, it } from "vitest";
import { bestBaseline, ownBest } from "./bestScores";

const model = (task: string, metric: string, value: number) => ({ task, scores: { validation: { metric, value } } });
const models = [
  model("a", "f1", 0.6),
  model("a", "f1", 0.8),
  model("a", "roc_auc", 0.99),
  model("b", "log_loss", 0.7),
  model("b", "log_loss", 0.4),
  model("c", "accuracy", Number.NaN),
];

it("takes the best baseline of a task, by its own metric and in its direction", () => {
  expect(bestBaseline({ id: "a", metric: "f1" }, models)).toBe(0.8);
  expect(bestBaseline({ id: "a", metric: "roc_auc" }, models)).toBe(0.99);
  expect(bestBaseline({ id: "b", metric: "log_loss" }, models)).toBe(0.4);
  expect(bestBaseline({ id: "a", metric: "accuracy" }, models)).toBeUndefined();
  expect(bestBaseline({ id: "c", metric: "accuracy" }, models)).toBeUndefined();
  expect(bestBaseline({ id: "d", metric: "f1" }, models)).toBeUndefined();
});

it("takes the reader's best only if it was reached on these rows and by this metric", () => {
  const best = { metric: "f1", data: "x", value: 0.7 };
  expect(ownBest({ id: "a", metric: "f1", data: "x" }, best)).toBe(0.7);
  expect(ownBest({ id: "a", metric: "f1" }, best)).toBe(0.7);
  expect(ownBest({ id: "a", metric: "f1", data: "y" }, best)).toBeUndefined();
  expect(ownBest({ id: "a", metric: "roc_auc", data: "x" }, best)).toBeUndefined();
  expect(ownBest({ id: "a", metric: "f1" }, undefined)).toBeUndefined();
});
