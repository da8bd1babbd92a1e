import { addLinear, addTrees, dequantiseRows, Graph, type MatrixValues, quantiseRows, type Value } from "../onnx";
import type { Expansion } from "./expand";
import { gbdtGraph } from "./gbdt";
import { input } from "./inputs";
import type { LinearModel } from "./linear";
import type { FittedMember } from "./members";
import type { Sidecar, SidecarPart } from "./model-manifest";
import type { Member } from "./plan";

/** A fit as plain data: every member of a plan fitted on all rows, and what the answer is. */
export interface FittedPlan {
  classes: string[];
  expansion: Expansion;
  /** In the order in which they read one another. */
  members: { member: Member; fitted: FittedMember }[];
  /** By member, summing to one: the answer is the weighted mean of their probabilities. */
  weights: Record<string, number>;
}

export interface ExportOptions {
  name: string;
  inputs: Sidecar["inputs"];
  /** Store sparse weights as bytes: see `addLinear`. */
  quantised: boolean;
}

export interface Exported {
  /** The bytes of the .onnx file. */
  onnx: Uint8Array;
  sidecar: Sidecar;
}

/** The name of an exported model's output: rows x classes. */
export const OUTPUT_NAME = "probabilities";

/**
 * A fit as one .onnx file, and the sidecar that makes its inputs of columns. Members that the answer does not need are
 * left out.
 * @throws Fault `learner-input` for a learner that has no ONNX form
 */
export function exportPlan(plan: FittedPlan, options: ExportOptions): Exported {
  const needed = neededMembers(plan);
  const graph = new Graph(options.name);
  const parts: SidecarPart[] = [];
  const values = new Map<string, Value>();
  for (const [index, { member, fitted }] of plan.members.entries()) {
    if (!needed.has(member.name)) continue;
    const stacked = member.stack.flatMap((name) => values.get(name) ?? []);
    const added = addMember(graph, `m${index}_`, member, fitted, { stacked, ...options, classes: plan.classes.length });
    parts.push(added.part);
    values.set(member.name, added.value);
  }
  const answer = weightedMean(graph, plan, values);
  graph.node("Identity", [answer], {}, OUTPUT_NAME);
  graph.output(OUTPUT_NAME, "float32", ["N", plan.classes.length]);
  return {
    onnx: graph.build({ classes: JSON.stringify(plan.classes) }),
    sidecar: {
      format: "polytab-sidecar/2",
      inputs: options.inputs,
      expansion: plan.expansion,
      parts,
      classes: plan.classes,
      output: OUTPUT_NAME,
    },
  };
}

/** The members of the answer, and what they read. */
function neededMembers({ members, weights }: FittedPlan): Set<string> {
  const needed = new Set(Object.keys(weights).filter((name) => weights[name] > 0));
  for (const { member } of [...members].reverse()) {
    if (needed.has(member.name)) for (const name of member.stack) needed.add(name);
  }
  return needed;
}

function weightedMean(graph: Graph, { weights }: FittedPlan, values: ReadonlyMap<string, Value>): Value {
  const terms = Object.entries(weights).flatMap(([name, weight]): Value[] => {
    const value = values.get(name);
    if (!value || weight === 0) return [];
    return weight === 1 ? [value] : [graph.node("Mul", [value, graph.constant("float32", [1], [weight])])];
  });
  return terms.reduce((sum, term) => graph.node("Add", [sum, term]));
}

interface Adding {
  stacked: Value[];
  quantised: boolean;
  classes: number;
}

function addMember(
  graph: Graph,
  prefix: string,
  member: Member,
  fitted: FittedMember,
  { quantised, classes, stacked }: Adding,
): { part: SidecarPart; value: Value } {
  const { columns } = member;
  switch (fitted.learner) {
    case "linear": {
      const { sparse, dense, bias } = fitted.model;
      const read = matrixInputs(graph, prefix, sparse.length > 0, dense.length / classes);
      return {
        part: { kind: "matrix", prefix, columns, encoder: fitted.encoder },
        value: addLinear(graph, { classes, sparse, dense, bias, quantised }, read),
      };
    }
    case "gbdt": {
      // What it stacks on comes after its own features, as in training.
      const own = fitted.model.features.slice(0, fitted.model.features.length - stackedWidth(stacked.length, classes));
      const read = own.length > 0 ? [graph.input(`${prefix}table`, "float32", ["N", own.length])] : [];
      const told = stacked.map((value) => (classes === 2 ? secondOf(graph, value) : value));
      const all = read.length + told.length === 1 ? [...read, ...told][0] : concatenated(graph, [...read, ...told]);
      const bins = Object.fromEntries(
        own.flatMap((feature) => (feature.kind === "category" ? [[feature.name, Array.from(feature.bins)]] : [])),
      );
      return {
        part: { kind: "table", input: `${prefix}table`, columns, features: fitted.encoder, bins },
        value: addTrees(graph, gbdtGraph(fitted.model), all),
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
    default:
      throw input(`Cannot export ${member.title}: ${fitted.learner} has no ONNX form`, {
        hint: "Fit another learner to export it.",
      });
  }
}

const concatenated = (graph: Graph, values: Value[]): Value => graph.node("Concat", values, { axis: { int: 1 } });

/** Of two classes the second says all. */
const stackedWidth = (members: number, classes: number): number => members * (classes === 2 ? 1 : classes);

function secondOf(graph: Graph, probabilities: Value): Value {
  const at = (value: number) => graph.constant("int64", [1], [value]);
  return graph.node("Slice", [probabilities, at(1), at(2), at(1)]);
}

/** Named as `encodeForModel` names what it makes. */
function matrixInputs(graph: Graph, prefix: string, sparse: boolean, dense: number): Partial<MatrixValues> {
  return {
    ...(sparse && {
      ids: graph.input(`${prefix}ids`, "int32", ["N", `${prefix}L`]),
      weights: graph.input(`${prefix}weights`, "float32", ["N", `${prefix}L`]),
    }),
    ...(dense > 0 && { dense: graph.input(`${prefix}dense`, "float32", ["N", dense]) }),
  };
}

/** The weights that a quantised export stands for: what its probabilities are to be compared with. */
export function quantisedWeights(weights: LinearModel): LinearModel {
  return { ...weights, sparse: dequantiseRows(quantiseRows(weights.sparse, weights.classes)) };
}
