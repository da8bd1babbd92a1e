import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault, readAs, suggest, z } from "../src/base";
import { findChromium } from "./chromium";
import { cache, program, root, runCommand, runTool, seconds, tailOf } from "./command";
import { BUDGETS, judgeBudgets, weigh } from "./health/budgets";
import { prepare } from "./prepare";

/**
 * `npm test`: every check in order, a line each, up to the first that fails. `npm test -- lint unit` runs only these.
 * The last line is the sum of what the test runners counted.
 */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  name: string;
  /** Resolves to what the step's line says; throws a Fault when the step fails. */
  run(log: string): Promise<string>;
}

const folder = join(cache, "test");
const counted: Counts = { passed: 0, failed: 0, skipped: 0 };

/** The native compiler checks four times as fast; it has no API, so tools that need one keep TypeScript 6. */
const typeChecker = join(root, "node_modules/typescript-native/bin/tsc");

const steps: Step[] = [
  { name: "lint", run: (log) => runAll(log, [[program("biome"), "ci", "--colors=off", "."]]) },
  {
    name: "types",
    run: (log) =>
      runAll(
        log,
        ["engine", "page", "node"].map((part) => [typeChecker, "-p", `tsconfig.${part}.json`]),
      ),
  },
  { name: "samples", run: async () => said((await prepare("samples")).why) },
  { name: "encoders", run: async () => said((await prepare("encoders")).why) },
  { name: "unit", run: (log) => runUnit(log) },
  { name: "build", run: async () => said((await prepare("build")).why) },
  { name: "health", run: (log) => runHealth(log) },
  { name: "chromium", run: async () => findChromium().then((found) => `${found.version}, ${found.origin}`) },
  { name: "e2e", run: (log) => runEndToEnd(log) },
];

async function runAll(log: string, commands: string[][]): Promise<string> {
  const logs = commands.map((_, index) => log.replace(/\.log$/, `-${index}.log`));
  const codes = await Promise.all(commands.map((command, index) => runCommand(command, { log: fresh(logs[index]) })));
  const failed = logs.filter((_, index) => codes[index] !== 0);
  if (failed.length > 0) throw new Fault("step-failed", failed.map((path) => tailOf(path, 80)).join("\n"));
  return "";
}

/** Code and packages that nothing uses, and parts of the build that have outgrown their budget. */
async function runHealth(log: string): Promise<string> {
  await runAll(log, [
    [program("knip"), "--no-progress", "--include", "files,dependencies,unlisted,unresolved,exports"],
  ]);
  return judgeBudgets(weigh(BUDGETS)).join(" · ");
}

async function runUnit(log: string): Promise<string> {
  const report = fresh(join(folder, "unit.json"));
  const code = await runCommand(
    [program("vitest"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    { log: fresh(log) },
  );
  const schema = z.object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
  });
  const counts = readReport(report, schema, (read) => ({
    passed: read.numPassedTests,
    failed: read.numFailedTests,
    skipped: read.numPendingTests + read.numTodoTests,
  }));
  return judge(code, counts, log);
}

async function runEndToEnd(log: string): Promise<string> {
  const report = fresh(join(folder, "e2e.json"));
  const code = await runCommand([program("playwright"), "test", "--reporter=list,json"], {
    log: fresh(log),
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const schema = z.object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  });
  const counts = readReport(report, schema, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
  return judge(code, counts, log);
}

/** A runner's own account, or undefined where it ended before it wrote one. */
function readReport<T>(file: string, schema: z.ZodType<T>, count: (read: T) => Counts): Counts | undefined {
  return existsSync(file) ? count(readAs(schema, JSON.parse(readFileSync(file, "utf8")), file)) : undefined;
}

function judge(code: number, counts: Counts | undefined, log: string): string {
  counted.passed += counts?.passed ?? 0;
  counted.failed += counts?.failed ?? 0;
  counted.skipped += counts?.skipped ?? 0;
  if (code !== 0) throw new Fault("step-failed", tailOf(log, 150));
  if (!counts || counts.passed === 0) throw new Fault("step-failed", `${tailOf(log, 150)}\nIt ran no test.`);
  return closingLine(counts);
}

/** The form is the one that readers of CI logs know: `12 passed, 0 failed`. */
function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function said(why: string | undefined): string {
  return why ? `made (${why})` : "up to date";
}

function fresh(file: string): string {
  rmSync(file, { force: true });
  return file;
}

function chosenSteps(): Step[] {
  const names = process.argv.slice(2);
  const known = steps.map((step) => step.name);
  for (const name of names.filter((name) => !known.includes(name)))
    throw new Fault("usage", `There is no step "${name}": the steps are ${known.join(", ")}.`, {
      hint: suggest(name, known),
    });
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
}

await runTool(async () => {
  const begin = performance.now();
  for (const { name, run } of chosenSteps()) {
    const start = performance.now();
    const line = (mark: string, note: string) =>
      console.log(
        `${name.padEnd(9)} ${mark.padEnd(6)} ${seconds(performance.now() - start).padStart(8)}  ${note}`.trimEnd(),
      );
    try {
      line("ok", await run(join(folder, `${name}.log`)));
    } catch (error) {
      line("FAILED", "");
      console.log(error instanceof Fault ? `\n${error.message}\n${error.hint ?? ""}` : error);
      process.exitCode = 1;
      break;
    }
  }
  console.log(`all in ${seconds(performance.now() - begin)}`);
  if (counted.passed + counted.failed > 0) console.log(`\n${closingLine(counted)}`);
});
