export type { Attribute, ElementType, Shape, Value } from "./graph";
export { Graph } from "./graph";
export type { LinearGraph, MatrixValues } from "./linear-graph";
export { addLinear } from "./linear-graph";
export { ProtoWriter } from "./protobuf";
export type { QuantisedRows } from "./quantise";
export { dequantiseRows, quantiseRows } from "./quantise";
