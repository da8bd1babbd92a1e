import { dequantiseRows, Graph, quantiseRows, type Value } from "../onnx";
import type { Expansion } from "./expand";
import { addMember } from "./export-member";
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
  /** By member, or by another model that is blended; summing to one: the answer is the weighted mean. */
  weights: Record<string, number>;
}

/** A fit, and the fits of the models that it reads: as columns or as members of a blend, by these names. */
export interface FittedModel {
  plan: FittedPlan;
  inputs: Sidecar["inputs"];
  models: Record<string, FittedModel>;
}

export interface ExportOptions {
  name: string;
  inputs: Sidecar["inputs"];
  /** Store sparse weights as bytes: see `addLinear`. */
  quantised: boolean;
  models?: FittedModel["models"];
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
 * @throws Fault `learner-input` for a model that it reads and that is not there
 */
export function exportPlan(plan: FittedPlan, { name, inputs, quantised, models = {} }: ExportOptions): Exported {
  const graph = new Graph(name);
  const adding = { graph, quantised, done: new Map<FittedModel, Value>(), groups: [] as Group[] };
  const answer = addModel(adding, { plan, inputs, models });
  graph.node("Identity", [answer], {}, OUTPUT_NAME);
  graph.output(OUTPUT_NAME, "float32", ["N", plan.classes.length]);
  // The model's own come last: it reads the others.
  const { expansion, parts } = adding.groups[adding.groups.length - 1];
  const others = adding.groups.slice(0, -1);
  const read = adding.groups.flatMap((group) => group.inputs);
  return {
    onnx: graph.build({ classes: JSON.stringify(plan.classes) }),
    sidecar: {
      format: "polytab-sidecar/2",
      inputs: read.filter((one, i) => read.findIndex((other) => other.name === one.name) === i),
      expansion,
      parts,
      ...(others.length > 0 && { others: others.map((group) => ({ expansion: group.expansion, parts: group.parts })) }),
      classes: plan.classes,
      output: OUTPUT_NAME,
    },
  };
}

interface Group {
  inputs: Sidecar["inputs"];
  expansion: Expansion;
  parts: SidecarPart[];
}

interface AddingModels {
  graph: Graph;
  quantised: boolean;
  /** A model that two others read is written once. */
  done: Map<FittedModel, Value>;
  groups: Group[];
}

function addModel(adding: AddingModels, model: FittedModel): Value {
  const known = adding.done.get(model);
  if (known) return known;
  const { plan, inputs } = model;
  const { members, weights, classes } = plan;
  const needed = neededMembers(plan);
  const read = new Set(members.flatMap(({ member }) => (needed.has(member.name) ? member.columns : [])));
  const models = new Map<string, Value>();
  for (const [name, other] of Object.entries(model.models)) {
    if (read.has(name) || weights[name] > 0) models.set(name, addModel(adding, other));
  }
  const { graph, quantised, groups } = adding;
  const values = new Map<string, Value>(models);
  const parts: SidecarPart[] = [];
  for (const [index, { member, fitted }] of members.entries()) {
    if (!needed.has(member.name)) continue;
    const stacked = member.stack.flatMap((name) => values.get(name) ?? []);
    const prefix = `${groups.length > 0 ? `g${groups.length}_` : ""}m${index}_`;
    const added = addMember(graph, prefix, member, fitted, { stacked, models, quantised, classes: classes.length });
    parts.push(added.part);
    values.set(member.name, added.value);
  }
  groups.push({ inputs: inputs.filter(({ name }) => !models.has(name)), expansion: plan.expansion, parts });
  const answer = weightedMean(graph, plan, values);
  adding.done.set(model, answer);
  return answer;
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
    if (weight === 0) return [];
    const value = values.get(name);
    if (!value) throw missing(name);
    return weight === 1 ? [value] : [graph.node("Mul", [value, graph.constant("float32", [1], [weight])])];
  });
  return terms.reduce((sum, term) => graph.node("Add", [sum, term]));
}

const missing = (name: string) =>
  input(`Cannot export: the model "${name}" that it blends was not fitted here`, {
    hint: "Leave it out of the blend, or fit a model of your own in its place.",
  });

/** The weights that a quantised export stands for: what its probabilities are to be compared with. */
export function quantisedWeights(weights: LinearModel): LinearModel {
  return { ...weights, sparse: dequantiseRows(quantiseRows(weights.sparse, weights.classes)) };
}
