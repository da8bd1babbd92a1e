import {
  addCnn,
  addKnn,
  addLinear,
  addMlp,
  addTrees,
  type Graph,
  type KnnGraph,
  type MatrixValues,
  type Value,
} from "../onnx";
import type { FittedEncoder } from "./encoder";
import { gbdtGraph } from "./gbdt";
import { saysNothing } from "./inputs";
import type { KnnModel } from "./knn/knn";
import { FADE } from "./knn/votes";
import type { FittedMember } from "./members";
import { joined, matrixValues, tableValues, withoutModels } from "./model-columns";
import type { SidecarPart } from "./model-manifest";
import type { Member } from "./plan";

export interface Adding {
  /** The probabilities of the members that it stacks on. */
  stacked: Value[];
  /** The probabilities of other models, by the names of the vector columns that it reads them as. */
  models: ReadonlyMap<string, Value>;
  quantised: boolean;
  classes: number;
}

/** A member's inputs and nodes, and how its inputs are made of columns; its value are probabilities float32 [N, K]. */
export function addMember(
  graph: Graph,
  prefix: string,
  member: Member,
  fitted: FittedMember,
  adding: Adding,
): { part: SidecarPart; value: Value } {
  const { classes, quantised } = adding;
  const columns = member.columns.filter((name) => !adding.models.has(name));
  const matrix = (encoder: FittedEncoder): { part: SidecarPart; read: Partial<MatrixValues> } => {
    const own = withoutModels(encoder, adding.models);
    return {
      part: { kind: "matrix", prefix, columns, encoder: own },
      read: matrixValues(graph, prefix, encoder, own, adding.models),
    };
  };
  switch (fitted.learner) {
    case "majority": {
      const rows = graph.input(`${prefix}rows`, "float32", ["N", 1]);
      const nothing = graph.node("Mul", [rows, graph.constant("float32", [1], [0])]);
      return {
        part: { kind: "rows", input: `${prefix}rows` },
        value: graph.node("Add", [nothing, graph.constant("float32", [1, classes], fitted.shares)]),
      };
    }
    case "linear": {
      const { part, read } = matrix(fitted.encoder);
      const { sparse, dense, bias } = fitted.model;
      return { part, value: addLinear(graph, { classes, sparse, dense, bias, quantised }, read) };
    }
    case "mlp": {
      const { part, read } = matrix(fitted.encoder);
      return { part, value: addMlp(graph, { ...fitted.model, quantised }, read) };
    }
    case "knn": {
      const { part, read } = matrix(fitted.encoder);
      return { part, value: addKnn(graph, knnGraph(fitted.model), read) };
    }
    case "cnn": {
      const { size, columns: count } = fitted.model;
      const name = `${prefix}pictures`;
      const pictures = graph.input(name, "uint8", ["N", count, size, size, 4]);
      return {
        part: { kind: "pictures", input: name, columns },
        value: addCnn(graph, fitted.model, pictures),
      };
    }
    case "gbdt": {
      const { stacked } = adding;
      // What it stacks on comes after its own features, as in training.
      const own = fitted.model.features.slice(0, fitted.model.features.length - stackedWidth(stacked.length, classes));
      const input = `${prefix}table`;
      const told = stacked.map((value) => (classes === 2 ? secondOf(graph, value) : value));
      const values = [...tableValues(graph, input, fitted.encoder, adding.models), ...told];
      if (values.length === 0) throw saysNothing(member.columns.map((name) => `"${name}"`).join(", "));
      const bins = Object.fromEntries(
        own.flatMap((feature) => (feature.kind === "category" ? [[feature.name, Array.from(feature.bins)]] : [])),
      );
      return {
        part: {
          kind: "table",
          input,
          columns,
          features: fitted.encoder.filter(({ name }) => !adding.models.has(name)),
          bins,
        },
        value: addTrees(graph, gbdtGraph(fitted.model), joined(graph, values)),
      };
    }
    case "rates": {
      const { prior, shares } = fitted.model;
      const name = `${prefix}rates`;
      return {
        part: {
          kind: "rates",
          input: name,
          columns,
          prior: Array.from(prior),
          shares: Object.fromEntries([...shares].map(([category, own]) => [category, Array.from(own)])),
        },
        value: graph.input(name, "float32", ["N", classes]),
      };
    }
  }
}

function knnGraph(model: KnnModel): KnnGraph {
  const { rows, ids, weights, offsets, dense } = model.stored;
  const holders = new Int32Array(ids.length);
  for (let row = 0; row < rows; row++) holders.fill(row, offsets[row], offsets[row + 1]);
  return { ...model, stored: { rows, ids, weights, holders, dense }, fade: FADE };
}

/** Of two classes the second says all. */
const stackedWidth = (members: number, classes: number): number => members * (classes === 2 ? 1 : classes);

function secondOf(graph: Graph, probabilities: Value): Value {
  const at = (value: number) => graph.constant("int64", [1], [value]);
  return graph.node("Slice", [probabilities, at(1), at(2), at(1)]);
}
