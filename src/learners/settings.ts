import { Fault, suggest } from "../base";

const NAMES = ["auto", "linear", "gbdt", "mlp", "knn", "cnn", "blend", "majority"] as const;
export type LearnerName = (typeof NAMES)[number];

export const LEARNERS: readonly LearnerName[] = NAMES;

/** One setting of a learner, as a form shows it. `auto` means that the training data decide. */
export type Setting =
  | {
      kind: "number";
      name: string;
      title: string;
      default: number | "auto";
      least: number;
      most: number;
      whole: boolean;
    }
  | { kind: "choice"; name: string; title: string; default: string; choices: readonly string[] };

/** A learner's settings with the defaults filled in. */
export type Settings = Record<string, number | string>;

const whole = (name: string, title: string, value: number | "auto", [least, most]: [number, number]): Setting => ({
  kind: "number",
  name,
  title,
  default: value,
  least,
  most,
  whole: true,
});

const real = (name: string, title: string, value: number | "auto", [least, most]: [number, number]): Setting => ({
  kind: "number",
  name,
  title,
  default: value,
  least,
  most,
  whole: false,
});

const ENCODING: readonly Setting[] = [
  whole("numeric_bins", "Quantile bins of a number (0: none)", 16, [0, 256]),
  real("clip", "Clip standardised numbers at", 5, [1, 1000]),
  whole("max_categories", "Most categories kept in a column", 500, [1, 10_000]),
  whole("text_bits", "Text buckets, as a power of two", 18, [8, 20]),
  whole("text_min_rows", "Rows that a text gram must occur in", "auto", [1, 1000]),
];

const INNER = real("inner_split", "Share of the rows held out to stop early (0: none)", "auto", [0, 0.5]);

export const SETTINGS: Record<LearnerName, readonly Setting[]> = {
  auto: [
    {
      kind: "choice",
      name: "effort",
      title: "Effort: about 10, 60 or 300 seconds",
      default: "normal",
      choices: ["quick", "normal", "thorough"],
    },
  ],
  linear: [
    whole("epochs", "Passes over the training rows", "auto", [1, 1000]),
    real("rate", "First step size", 4, [1e-4, 100]),
    real("l2", "Penalty on large weights", "auto", [0, 1]),
    ...ENCODING,
  ],
  gbdt: [
    whole("rounds", "Most rounds of boosting", "auto", [1, 10_000]),
    whole("leaves", "Leaves of a tree", "auto", [2, 128]),
    real("rate", "Learning rate", "auto", [1e-3, 1]),
    whole("min_rows", "Least rows in a leaf", "auto", [1, 100_000]),
    real("l2", "Penalty on large leaf values", "auto", [0, 1000]),
    whole("bins", "Bins of a number", "auto", [2, 255]),
    real("row_share", "Share of the rows that a tree sees", "auto", [0.05, 1]),
    real("feature_share", "Share of the features that a tree may use", "auto", [0.05, 1]),
  ],
  mlp: [
    whole("epochs", "Most passes over the training rows", "auto", [1, 1000]),
    whole("hidden", "Width of the hidden layer", "auto", [1, 2048]),
    real("rate", "Learning rate", "auto", [1e-5, 1]),
    real("dropout", "Share of units left out", "auto", [0, 0.9]),
    real("l2", "Penalty on large weights", "auto", [0, 1]),
    INNER,
    ...ENCODING,
  ],
  knn: [whole("neighbours", "Neighbours that vote", "auto", [1, 1000]), ...ENCODING],
  cnn: [
    whole("epochs", "Most passes over the training rows", "auto", [1, 1000]),
    real("rate", "Learning rate", "auto", [1e-5, 1]),
    INNER,
  ],
  blend: [],
  majority: [],
};

/**
 * A learner's settings with the defaults filled in; `auto` stays for the learner to decide.
 * @throws Fault `learner-settings` naming the setting, with the nearest known name for one that is unknown
 */
export function readSettings(learner: LearnerName, given: Record<string, unknown>): Settings {
  const known = SETTINGS[learner];
  for (const name of Object.keys(given)) {
    if (known.some((setting) => setting.name === name)) continue;
    throw new Fault("learner-settings", `The learner ${learner} has no setting "${name}"`, {
      hint:
        known.length === 0
          ? "It has no settings."
          : suggest(
              name,
              known.map((setting) => setting.name),
            ),
    });
  }
  return Object.fromEntries(known.map((setting) => [setting.name, readSetting(setting, given[setting.name])]));
}

function readSetting(setting: Setting, value: unknown): number | string {
  if (value === undefined) return setting.default;
  const refused = `Cannot set ${setting.name} to ${JSON.stringify(value)}`;
  if (setting.kind === "choice") {
    if (typeof value === "string" && setting.choices.includes(value)) return value;
    throw new Fault("learner-settings", refused, { hint: `It is one of ${setting.choices.join(", ")}.` });
  }
  if (value === "auto" && setting.default === "auto") return "auto";
  const fits =
    typeof value === "number" &&
    value >= setting.least &&
    value <= setting.most &&
    (!setting.whole || Number.isInteger(value));
  if (fits) return value;
  const sort = setting.whole ? "a whole number" : "a number";
  throw new Fault("learner-settings", refused, {
    hint: `It is ${sort} from ${setting.least} to ${setting.most}${setting.default === "auto" ? ', or "auto"' : ""}.`,
  });
}

/** @throws Fault `learner-settings` for a learner that is not there */
export function readLearnerName(name: unknown): LearnerName {
  const known = LEARNERS.find((learner) => learner === name);
  if (known) return known;
  throw new Fault("learner-settings", `There is no learner "${String(name)}"`, {
    hint: suggest(String(name), LEARNERS),
  });
}
