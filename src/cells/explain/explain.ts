import { renameInConfig } from "../../notebook";
import type { CellDefinition } from "../context";
import { namesInSetting } from "../settings";

export const explain: CellDefinition = {
  title: "Explain",
  template: ({ cells }) => ({
    name: "why",
    source: `predictions: ${cells.findLast((cell) => cell.kind === "model")?.name ?? "model"}\nseconds: 90\nseed: 7`,
  }),
  reads: (source) => ({ mentions: [], requires: namesInSetting(source, "predictions") }),
  rename: (source, from, to) => renameInConfig(source, "predictions", from, to),
  // Fetched by who runs one: a first visit has no use for it.
  evaluate: async (...given) => (await import("./evaluate")).evaluateExplain(...given),
};
