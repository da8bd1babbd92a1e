export type { Attribute, Domain, ElementType, Shape, Value } from "./graph";
export { Graph } from "./graph";
export type { LinearGraph, MatrixValues } from "./linear-graph";
export { addLinear } from "./linear-graph";
export { ProtoWriter } from "./protobuf";
export type { QuantisedRows } from "./quantise";
export { dequantiseRows, quantiseRows } from "./quantise";
export type { TreeGraph, TreeNode } from "./tree-graph";
export { addTrees } from "./tree-graph";
