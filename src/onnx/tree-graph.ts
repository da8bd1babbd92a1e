import type { Graph, Value } from "./graph";

/** A node of a tree, by its place in the tree's list. `yes` and `no` are such places too; several nodes may share one. */
export type TreeNode =
  /** x <= threshold, in single precision; NaN goes to `yes` where `missingYes`, else to `no`. */
  | { kind: "at-most"; feature: number; threshold: number; missingYes: boolean; yes: number; no: number }
  /** x = value; NaN goes to `no`. */
  | { kind: "equal"; feature: number; value: number; yes: number; no: number }
  | { kind: "leaf"; value: number };

/** A classifier of boosted trees, as plain numbers. */
export interface TreeGraph {
  /** Scores before the first tree: one, the log odds of the second of two classes; or one a class, for a softmax. */
  base: ArrayLike<number>;
  /** Each list starts with the root; the tree adds to the score of its output. */
  trees: readonly { output: number; nodes: readonly TreeNode[] }[];
}

/**
 * Adds the model to a graph: `ai.onnx.ml` TreeEnsembleRegressor for the scores, then plain operators. ONNX Runtime's
 * WebGPU builds have no `ai.onnx.ml`, so such a model runs on WebAssembly.
 *
 * `input` is float32 [N, features]. Returns probabilities float32 [N, K].
 */
export function addTrees(graph: Graph, model: TreeGraph, input: Value): Value {
  const { base } = model;
  const added = graph.node("TreeEnsembleRegressor", [input], ensembleOf(model), undefined, "ai.onnx.ml");
  // Not as its `base_values`: ONNX Runtime forgets them for an output that no tree adds to.
  const scores = graph.node("Add", [added, graph.constant("float32", [base.length], base)]);
  if (base.length > 1) return graph.node("Softmax", [scores], { axis: { int: -1 } });
  const second = graph.node("Sigmoid", [scores]);
  const first = graph.node("Sigmoid", [graph.node("Neg", [scores])]);
  return graph.node("Concat", [first, second], { axis: { int: 1 } });
}

const MODES = { "at-most": "BRANCH_LEQ", equal: "BRANCH_EQ", leaf: "LEAF" } as const;

function ensembleOf({ base, trees }: TreeGraph): Parameters<Graph["node"]>[2] {
  // An ensemble without trees is refused; a tree of a leaf that adds nothing is as good.
  const grown = trees.length > 0 ? trees : [{ output: 0, nodes: [{ kind: "leaf", value: 0 } as const] }];
  const nodes = grown.flatMap((tree, treeId) => tree.nodes.map((node, nodeId) => ({ ...tree, node, treeId, nodeId })));
  const leaves = nodes.flatMap((entry) => (entry.node.kind === "leaf" ? [{ ...entry, value: entry.node.value }] : []));
  const ints = (of: (node: TreeNode) => number) => ({ ints: nodes.map(({ node }) => of(node)) });
  return {
    n_targets: { int: base.length },
    post_transform: { string: "NONE" },
    aggregate_function: { string: "SUM" },
    nodes_treeids: { ints: nodes.map(({ treeId }) => treeId) },
    nodes_nodeids: { ints: nodes.map(({ nodeId }) => nodeId) },
    nodes_featureids: ints((node) => (node.kind === "leaf" ? 0 : node.feature)),
    nodes_modes: { strings: nodes.map(({ node }) => MODES[node.kind]) },
    nodes_values: { floats: nodes.map(({ node }) => splitValue(node)) },
    nodes_truenodeids: ints((node) => (node.kind === "leaf" ? 0 : node.yes)),
    nodes_falsenodeids: ints((node) => (node.kind === "leaf" ? 0 : node.no)),
    nodes_missing_value_tracks_true: ints((node) => (node.kind === "at-most" && node.missingYes ? 1 : 0)),
    target_treeids: { ints: leaves.map(({ treeId }) => treeId) },
    target_nodeids: { ints: leaves.map(({ nodeId }) => nodeId) },
    target_ids: { ints: leaves.map(({ output }) => output) },
    target_weights: { floats: leaves.map(({ value }) => value) },
  };
}

function splitValue(node: TreeNode): number {
  if (node.kind === "leaf") return 0;
  return node.kind === "equal" ? node.value : node.threshold;
}
