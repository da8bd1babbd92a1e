import { Fault } from "../../base";
import type { TextFeature } from "./text";

/** What a feature may be; null, undefined and NaN are missing. A `string` is a category, `text(…)` is free text. */
export type FeatureValue =
  | number
  | boolean
  | string
  | TextFeature
  | readonly number[]
  | Float32Array
  | Float64Array
  | Uint8Array
  | Uint8ClampedArray
  | null
  | undefined;

export type FeatureRecord = Record<string, FeatureValue>;

export interface Definition<Row, TrainingRow, State> {
  /** Sees the training rows once, with their labels; what it returns is given to every call of `features`. */
  fit?: (rows: TrainingRow[]) => State | Promise<State>;
  /** Makes one row's features. It never sees a label. */
  features: (row: Row, state: State) => FeatureRecord | Promise<FeatureRecord>;
}

/** What `defineFeatures` returns: the marker by which a cell is known to make features. */
export class FeatureDefinition {
  constructor(
    readonly features: (row: unknown, state: unknown) => unknown,
    readonly fit: ((rows: unknown[]) => unknown) | undefined,
  ) {}
}

/**
 * Says that the cell makes features: a function from a row to a record of values, or `{ fit, features }` where
 * something is learned from the training rows first. Export it as the default.
 * @throws Fault `code-features` where it is given something else
 */
export function defineFeatures(definition: unknown): FeatureDefinition {
  if (typeof definition === "function") return new FeatureDefinition(asFunction(definition), undefined);
  const { features, fit } = (definition ?? {}) as { features?: unknown; fit?: unknown };
  if (typeof features !== "function" || (fit !== undefined && typeof fit !== "function")) {
    throw new Fault("code-features", "defineFeatures was given neither a function nor { fit, features }", {
      hint: "Write defineFeatures((row) => ({ … })), or defineFeatures({ fit: (rows) => …, features: (row, state) => ({ … }) }).",
    });
  }
  return new FeatureDefinition(asFunction(features), fit === undefined ? undefined : asFunction(fit));
}

function asFunction(value: unknown): (...args: unknown[]) => unknown {
  return value as (...args: unknown[]) => unknown;
}
