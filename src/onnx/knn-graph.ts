import type { Graph, Value } from "./graph";
import type { MatrixValues } from "./linear-graph";

/** Nearest neighbours by cosine, as plain numbers. */
export interface KnnGraph {
  classes: number;
  sparseWidth: number;
  denseWidth: number;
  /** The training rows, of norm 1: sparse entries with the number of their row, and rows x `denseWidth`. */
  stored: { rows: number; ids: Int32Array; weights: Float32Array; holders: Int32Array; dense: Float32Array };
  labels: Int32Array;
  priors: ArrayLike<number>;
  neighbours: number;
  temperature: number;
  strength: number;
  /** Over this share of the temperature behind the last neighbour a vote falls to nothing. */
  fade: number;
}

/**
 * Adds the model to a graph: a `Scan` over the rows, so that the similarities of one row at a time are held. It stores the
 * training rows, and its work a row grows with them. Returns probabilities float32 [N, K].
 */
export function addKnn(graph: Graph, model: KnnGraph, input: Partial<MatrixValues>): Value {
  const { classes, labels, priors, neighbours, temperature, strength, fade, stored } = model;
  const body = graph.body("votes");
  const number = (value: number) => body.constant("float32", [1], [value]);
  const scanned: Value[] = [];
  const given = (value: Value, type: "int32" | "float32"): Value => {
    scanned.push(value);
    return body.input(`${value}_row`, type, [type === "float32" && value === input.dense ? model.denseWidth : "L"]);
  };
  const cosines = similarities(body, model, {
    ...(input.ids && { ids: given(input.ids, "int32") }),
    ...(input.weights && { weights: given(input.weights, "float32") }),
    ...(input.dense && { dense: given(input.dense, "float32") }),
  });
  const count = body.constant("int64", [1], [Math.min(neighbours, stored.rows)]);
  const [nearestFew] = body.nodes("TopK", [cosines, count], 2, { axis: { int: 0 } });
  const last = body.node("ReduceMin", [nearestFew], { keepdims: { int: 1 } });
  const nearest = body.node("ReduceMax", [nearestFew], { keepdims: { int: 1 } });
  const behind = body.node("Div", [body.node("Sub", [cosines, last]), number(fade * temperature)]);
  const faded = body.node("Clip", [body.node("Add", [behind, number(1)]), scalar(body, 0), scalar(body, 1)]);
  const colder = body.node("Div", [body.node("Sub", [cosines, nearest]), number(temperature)]);
  const votes = body.node("Mul", [body.node("Exp", [colder]), faded]);
  const shares = body.constant(
    "float32",
    [classes],
    Array.from(priors, (prior) => strength * prior),
  );
  const own = summed(body, shares, body.constant("int32", [labels.length], labels), votes);
  const total = body.node("Add", [body.node("ReduceSum", [votes], { keepdims: { int: 1 } }), number(strength)]);
  const answer = body.node("Div", [own, total]);
  body.output(answer, "float32", [classes]);
  return graph.node("Scan", scanned, { body: { graph: body }, num_scan_inputs: { int: scanned.length } });
}

/** The cosines of one row with all stored ones. */
function similarities(body: Graph, { sparseWidth, denseWidth, stored }: KnnGraph, row: Partial<MatrixValues>): Value {
  const squares: Value[] = [];
  const products: Value[] = [];
  const squared = (value: Value) => squares.push(body.node("ReduceSumSquare", [value], { keepdims: { int: 1 } }));
  if (row.ids && row.weights) {
    squared(row.weights);
    const query = summed(body, zeros(body, sparseWidth), row.ids, row.weights);
    const met = body.node("Gather", [query, body.constant("int32", [stored.ids.length], stored.ids)]);
    const weights = body.constant("float32", [stored.weights.length], stored.weights);
    const holders = body.constant("int32", [stored.holders.length], stored.holders);
    products.push(summed(body, zeros(body, stored.rows), holders, body.node("Mul", [met, weights])));
  }
  if (row.dense) {
    squared(row.dense);
    const cells = body.constant("float32", [stored.rows, denseWidth], stored.dense);
    products.push(body.node("MatMul", [cells, row.dense]));
  }
  const product = products.reduce((sum, one) => body.node("Add", [sum, one]));
  const norm = body.node("Sqrt", [squares.reduce((sum, one) => body.node("Add", [sum, one]))]);
  // A row of zeros is like none: 0 / tiny, not 0 / 0.
  return body.node("Div", [product, body.node("Max", [norm, body.constant("float32", [1], [1e-30])])]);
}

/** `start` with each value added at its place. */
function summed(graph: Graph, start: Value, places: Value, values: Value): Value {
  return graph.node("ScatterElements", [start, places, values], { axis: { int: 0 }, reduction: { string: "add" } });
}

const zeros = (graph: Graph, length: number): Value =>
  graph.node("ConstantOfShape", [graph.constant("int64", [1], [length])]);

const scalar = (graph: Graph, value: number): Value => graph.constant("float32", [], [value]);
