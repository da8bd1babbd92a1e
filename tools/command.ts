import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { Fault } from "../src/base/fault";

/** The folder of the checkout: the tools work from anywhere. */
export const root = resolve(import.meta.dirname, "..");

/** What the tools keep between runs: stamps, logs, an unpacked browser. Ignored by git, may be deleted at any time. */
export const cache = join(root, ".cache");

export interface CommandOptions {
  /** Everything that the command prints goes to this file and not to the terminal. */
  log?: string;
  /** With `log`: called with every line, to show how far the command is. */
  onLine?: (line: string) => void;
  env?: Record<string, string>;
}

/**
 * Runs a command in the checkout and resolves to its exit code; never throws for a code that is not 0. A signal's end
 * counts as 1. When this process is ended, the command is ended first.
 */
export function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<number> {
  if (options.log) mkdirSync(dirname(options.log), { recursive: true });
  const log = options.log === undefined ? undefined : openSync(options.log, "a");
  return new Promise((done, fail) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      // A log is for reading, and Biome colours every letter by itself.
      env: { ...process.env, ...(log !== undefined && { NO_COLOR: "1", FORCE_COLOR: undefined }), ...options.env },
      stdio: ["ignore", log === undefined ? "inherit" : "pipe", log === undefined ? "inherit" : "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream || log === undefined) continue;
      stream.on("data", (bytes: Buffer) => writeSync(log, bytes));
      createInterface({ input: stream }).on("line", (line) => options.onLine?.(line));
    }
    const end = () => child.kill("SIGTERM");
    process.once("exit", end);
    const settle = (then: () => void) => {
      process.off("exit", end);
      if (log !== undefined) closeSync(log);
      then();
    };
    child.once("error", (error) => settle(() => fail(error)));
    child.once("close", (code) => settle(() => done(code ?? 1)));
  });
}

/** The path of a program that `npm ci` put into `node_modules`. */
export function program(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

/** The last lines of a log, for a person who has to see why a step failed. */
export function tailOf(log: string, lines: number): string {
  const all = stripVTControlCharacters(readFileSync(log, "utf8")).trimEnd().split("\n");
  const left = all.length - lines;
  const tail = all.slice(-lines).join("\n");
  return left > 0 ? `… ${left} lines more in ${relative(root, log)}\n${tail}` : tail;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Runs a tool's main function: Ctrl-C ends it and its children, and a Fault is a sentence and a way out, not a stack. */
export async function runTool(main: () => Promise<void>): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    console.error(`\n${error.message}${error.hint ? `\n${error.hint}` : ""}`);
    process.exitCode = 1;
  }
}
