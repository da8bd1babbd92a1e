import { Fault, suggest } from "../base";

export type LearnerName = "majority" | "linear";

export const LEARNERS: readonly LearnerName[] = ["majority", "linear"];

/** One setting of a learner, as a form shows it. `auto` means that the size of the training data decides. */
export interface Setting {
  name: string;
  title: string;
  default: number | "auto";
  least: number;
  most: number;
  whole: boolean;
}

const ENCODING: readonly Setting[] = [
  { name: "numeric_bins", title: "Quantile bins of a number (0: none)", default: 16, least: 0, most: 256, whole: true },
  { name: "clip", title: "Clip standardised numbers at", default: 5, least: 1, most: 1000, whole: false },
  {
    name: "max_categories",
    title: "Most categories kept in a column",
    default: 500,
    least: 1,
    most: 10_000,
    whole: true,
  },
  { name: "text_bits", title: "Text buckets, as a power of two", default: 18, least: 8, most: 20, whole: true },
  {
    name: "text_min_rows",
    title: "Rows that a text gram must occur in",
    default: "auto",
    least: 1,
    most: 1000,
    whole: true,
  },
];

export const SETTINGS: Record<LearnerName, readonly Setting[]> = {
  majority: [],
  linear: [
    { name: "epochs", title: "Passes over the training rows", default: "auto", least: 1, most: 1000, whole: true },
    { name: "rate", title: "First step size", default: 4, least: 1e-4, most: 100, whole: false },
    { name: "l2", title: "Penalty on large weights", default: "auto", least: 0, most: 1, whole: false },
    ...ENCODING,
  ],
};

/**
 * A learner's settings with the defaults filled in; `auto` stays for the learner to decide.
 * @throws Fault `learner-settings` naming the setting, with the nearest known name for one that is unknown
 */
export function readSettings(learner: LearnerName, given: Record<string, unknown>): Record<string, number | "auto"> {
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

function readSetting(setting: Setting, value: unknown): number | "auto" {
  if (value === undefined) return setting.default;
  if (value === "auto" && setting.default === "auto") return "auto";
  const fits =
    typeof value === "number" &&
    value >= setting.least &&
    value <= setting.most &&
    (!setting.whole || Number.isInteger(value));
  if (fits) return value;
  const sort = setting.whole ? "a whole number" : "a number";
  throw new Fault("learner-settings", `Cannot set ${setting.name} to ${JSON.stringify(value)}`, {
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
