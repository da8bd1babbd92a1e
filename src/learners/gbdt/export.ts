import type { TreeGraph, TreeNode } from "../../onnx";
import type { FeatureTable } from "../feature-table";
import { checkFeatures } from "./check";
import { type BinnedFeature, type GbdtModel, outputsOf, setHas, type Trees } from "./model";

/**
 * The model for `addTrees`. A number is an input as it is, NaN for missing; a category is its bin, 0 for missing,
 * unseen or too rare, so that a set of categories is a chain of "equal" nodes with one target.
 */
export function gbdtGraph(model: GbdtModel): TreeGraph {
  const { trees, base, features, classes } = model;
  const outputs = outputsOf(classes);
  const grown = Array.from({ length: trees.starts.length - 1 }, (_, tree) => ({
    output: tree % outputs,
    nodes: nodesOf(trees, tree, features),
  }));
  const adding = grown.filter(({ nodes }) => nodes.some((node) => node.kind !== "leaf" || node.value !== 0));
  return { base, trees: adding };
}

/** The graph's input of a table's rows: rows x features, row-major. @throws Fault `learner-input` for other features */
export function gbdtInput(model: GbdtModel, table: FeatureTable): Float32Array {
  checkFeatures(model.features, table);
  const width = table.features.length;
  const input = new Float32Array(table.rows * width);
  for (const [index, feature] of table.features.entries()) {
    const fitted = model.features[index];
    for (let row = 0, at = index; row < table.rows; row++, at += width) {
      if (feature.kind === "number") input[at] = feature.values[row];
      else if (fitted.kind === "category") input[at] = fitted.bins[feature.codes[row]] ?? 0;
    }
  }
  return input;
}

function nodesOf(trees: Trees, tree: number, features: readonly BinnedFeature[]): TreeNode[] {
  const first = trees.starts[tree];
  const count = trees.starts[tree + 1] - first;
  const nodes: TreeNode[] = [];
  // A set's further members stand behind the tree's own nodes, which thus keep their places.
  const chains: TreeNode[] = [];
  for (let place = 0; place < count; place++) {
    const at = first + place;
    const left = trees.left[at];
    if (left === 0) {
      nodes.push({ kind: "leaf", value: trees.value[at] });
      continue;
    }
    const index = trees.feature[at];
    const feature = features[index];
    if (feature.kind === "number") {
      const threshold = feature.edges[trees.bin[at] - 1] ?? Infinity;
      const missingYes = trees.missingLeft[at] === 1;
      nodes.push({ kind: "at-most", feature: index, threshold, missingYes, yes: left, no: left + 1 });
      continue;
    }
    const bins = Array.from({ length: 256 }, (_, bin) => bin).filter((bin) => setHas(trees.sets, trees.set[at], bin));
    for (const [i, value] of bins.entries()) {
      const no = i + 1 < bins.length ? count + chains.length + (i === 0 ? 0 : 1) : left + 1;
      (i === 0 ? nodes : chains).push({ kind: "equal", feature: index, value, yes: left, no });
    }
  }
  return [...nodes, ...chains];
}
