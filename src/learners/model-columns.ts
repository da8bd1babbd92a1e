import type { Graph, MatrixValues, Value } from "../onnx";
import { type FittedColumn, type FittedEncoder, widthsOf } from "./encoder";
import { type FittedFeature, widthOfFeature } from "./features";
import { LEAST_PROBABILITY } from "./inputs";
import { CLIP, type StandardBlock } from "./standard";

/*
 * A model that reads another model's probabilities as a column: in an exported graph that column is no input, but made of
 * the other model's output. These put such columns among the inputs, in the places that they had in training.
 */

type Models = ReadonlyMap<string, Value>;

/** What of the encoder is left for the sidecar to do. */
export const withoutModels = (encoder: FittedEncoder, models: Models): FittedEncoder => ({
  ...encoder,
  columns: encoder.columns.filter(({ name }) => !models.has(name)),
});

/** Inputs named as `encodeForModel` names what it makes by the encoder `own`, and the dense values of all columns. */
export function matrixValues(
  graph: Graph,
  prefix: string,
  encoder: FittedEncoder,
  own: FittedEncoder,
  models: Models,
): Partial<MatrixValues> {
  const { sparse, dense } = widthsOf(own);
  const given = dense > 0 ? graph.input(`${prefix}dense`, "float32", ["N", dense]) : "";
  const parts = encoder.columns.map((column): Part => {
    const value = models.get(column.name);
    if (!value) return { width: widthsOf({ ...encoder, columns: [column] }).dense };
    return { width: 0, made: made(graph, column, value) };
  });
  const values = placed(graph, given, parts);
  return {
    ...(sparse > 0 && {
      ids: graph.input(`${prefix}ids`, "int32", ["N", `${prefix}L`]),
      weights: graph.input(`${prefix}weights`, "float32", ["N", `${prefix}L`]),
    }),
    ...(values.length > 0 && { dense: joined(graph, values) }),
  };
}

/** The columns of a table of trees: one input, and the columns made of models. */
export function tableValues(graph: Graph, input: string, features: readonly FittedFeature[], models: Models): Value[] {
  const width = features.reduce((sum, one) => sum + (models.has(one.name) ? 0 : widthOfFeature(one)), 0);
  const given = width > 0 ? graph.input(input, "float32", ["N", width]) : "";
  const parts = features.map((feature): Part => {
    const value = models.get(feature.name);
    if (!value) return { width: widthOfFeature(feature) };
    return { width: 0, made: feature.kind === "vector" ? centredLogs(graph, value) : undefined };
  });
  return placed(graph, given, parts);
}

/** Numbers of the input, or a value that stands between them. */
interface Part {
  width: number;
  made?: Value;
}

function placed(graph: Graph, input: Value, parts: readonly Part[]): Value[] {
  const total = parts.reduce((sum, { width }) => sum + width, 0);
  const values: Value[] = [];
  let from = 0;
  let to = 0;
  const flush = () => {
    if (to > from) values.push(from === 0 && to === total ? input : sliced(graph, input, from, to));
    from = to;
  };
  for (const { width, made: value } of parts) {
    to += width;
    if (!value) continue;
    flush();
    values.push(value);
  }
  flush();
  return values;
}

function made(graph: Graph, column: FittedColumn, value: Value): Value | undefined {
  return column.kind === "vector" ? standardised(graph, column, centredLogs(graph, value)) : undefined;
}

/** As `predictionsAsInput` makes them. */
function centredLogs(graph: Graph, probabilities: Value): Value {
  const least = graph.constant("float32", [1], [LEAST_PROBABILITY]);
  const logs = graph.node("Log", [graph.node("Max", [probabilities, least])]);
  return graph.node("Sub", [logs, graph.node("ReduceMean", [logs, graph.constant("int64", [1], [1])])]);
}

/** As `writeBlock` writes them. A model has something to say of every row, so there is no flag. */
function standardised(graph: Graph, { mean, deviation }: StandardBlock, value: Value): Value {
  const length = mean.length;
  const row = (values: number[]) => graph.constant("float32", [1, length], values);
  const inverse = deviation.map((each) => (each === 0 ? 0 : 1 / each));
  const standard = graph.node("Mul", [graph.node("Sub", [value, row(mean)]), row(inverse)]);
  const bounds = [-CLIP, CLIP].map((bound) => graph.constant("float32", [], [bound]));
  const clipped = graph.node("Clip", [standard, ...bounds]);
  return graph.node("Mul", [clipped, graph.constant("float32", [1], [1 / Math.sqrt(length)])]);
}

export const joined = (graph: Graph, values: readonly Value[]): Value =>
  values.length === 1 ? values[0] : graph.node("Concat", values, { axis: { int: 1 } });

function sliced(graph: Graph, value: Value, from: number, to: number): Value {
  const at = (number: number) => graph.constant("int64", [1], [number]);
  return graph.node("Slice", [value, at(from), at(to), at(1)]);
}
