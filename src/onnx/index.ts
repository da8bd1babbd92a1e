export type { Attribute, Domain, ElementType, Shape, Value } from "./graph";
export { Graph } from "./graph";
export type { LinearGraph } from "./linear-graph";
export { linearToOnnx } from "./linear-graph";
export { ProtoWriter } from "./protobuf";
export type { QuantisedRows } from "./quantise";
export { dequantiseRows, quantiseRows } from "./quantise";
export type { TreeGraph, TreeNode } from "./tree-graph";
export { treesToOnnx } from "./tree-graph";
