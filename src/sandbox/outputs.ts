import { inspect, inspectAll } from "./inspect";
import type { Output } from "./protocol";
import { isRecords, tableOfRecords } from "./records";
import { placeIn } from "./thrown";

/** A cell that logs on every row would drown the page and itself: what comes later is counted, not kept. */
export const MOST_OUTPUTS = 200;
const DISPLAYED_ROWS = 10_000;

export interface Outputs {
  log(level: NonNullable<Output["level"]>, values: readonly unknown[]): void;
  display(value: unknown): void;
  all(): Output[];
}

/** Collects what a cell writes, with the line of the generated module that wrote it, and tells `heard` of each. */
export function createOutputs(url: () => string, heard: (output: Output) => void): Outputs {
  const kept: Output[] = [];
  let dropped = 0;
  const add = (make: () => Output): void => {
    if (kept.length >= MOST_OUTPUTS) {
      dropped++;
      return;
    }
    const line = placeIn(new Error().stack, url())?.line;
    const output: Output = { ...make(), ...(line !== undefined && { line }) };
    kept.push(output);
    heard(output);
  };
  return {
    log: (level, values) => add(() => ({ kind: "log", level, text: inspectAll(values) })),
    display: (value) =>
      add(() => {
        if (!isRecords(value)) {
          return { kind: "display", text: typeof value === "string" ? inspectAll([value]) : inspect(value) };
        }
        const shown = tableOfRecords(value.slice(0, DISPLAYED_ROWS));
        const text = value.length > shown.rows ? `The first ${DISPLAYED_ROWS.toLocaleString("en")} rows` : undefined;
        return { kind: "display", table: shown, ...(text && { text }) };
      }),
    all() {
      if (dropped === 0) return kept;
      return [...kept, { kind: "log", level: "warn", text: `… and ${dropped.toLocaleString("en")} more outputs` }];
    },
  };
}

/** The `console` of a cell. */
export function consoleFor(outputs: Outputs): Pick<Console, "log" | "info" | "debug" | "warn" | "error" | "table"> {
  const at =
    (level: NonNullable<Output["level"]>) =>
    (...values: unknown[]) =>
      outputs.log(level, values);
  return {
    log: at("log"),
    info: at("log"),
    debug: at("log"),
    warn: at("warn"),
    error: at("error"),
    table: (value: unknown) => outputs.display(value),
  };
}
