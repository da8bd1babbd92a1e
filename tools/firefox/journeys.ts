import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FIREFOX } from "../../e2e/firefox";
import { Fault, readAs, z } from "../../src/base";
import { cache, program, root, runCommand } from "../command";

/** What became of the journeys of a file. A journey that was left out says why. */
interface Outcome {
  passed: number;
  failed: number;
  leftOut: string[];
  ms: number;
}

interface Kept {
  browser: string;
  files: Record<string, Outcome>;
}

const KEPT = join(cache, "firefox/journeys.json");
const REPORT = join(cache, "firefox/report.json");
const PAGE = join(root, "docs/browsers.md");
/** The table stands from this heading to the next. */
const BETWEEN = /(?<=\n## The journeys in Firefox\n\n)[\s\S]*?(?=\n## )/;

const testResult = z.object({
  status: z.enum(["expected", "unexpected", "flaky", "skipped"]),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
  results: z.array(z.object({ duration: z.number() })),
});
interface Suite {
  file: string;
  specs: { title: string; tests: z.infer<typeof testResult>[] }[];
  suites?: Suite[];
}
const suite: z.ZodType<Suite> = z.object({
  file: z.string(),
  specs: z.array(z.object({ title: z.string(), tests: z.array(testResult) })),
  get suites() {
    return z.array(suite).optional();
  },
});
const report = z.object({ suites: z.array(suite) });

/**
 * The journeys of `e2e/` in this Firefox, all of them or the files whose names match, and what became of them in
 * docs/browsers.md.
 *
 * @throws Fault `firefox` when one failed
 */
export async function journeys(path: string, browser: string, names: readonly string[]): Promise<void> {
  rmSync(REPORT, { force: true });
  const code = await runCommand([program("playwright"), "test", "--reporter=list,json", ...names], {
    env: { [FIREFOX]: path, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT },
  });
  if (!existsSync(REPORT)) throw new Fault("firefox", "The journeys ended before they said what became of them");
  const { suites } = readAs(report, JSON.parse(readFileSync(REPORT, "utf8")), REPORT);
  const before: Kept = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, "utf8")) : { browser, files: {} };
  const files = { ...(before.browser === browser && before.files), ...outcomes(suites) };
  mkdirSync(dirname(KEPT), { recursive: true });
  writeFileSync(KEPT, JSON.stringify({ browser, files } satisfies Kept, null, 2));
  writeTable({ browser, files });
  if (code !== 0) throw new Fault("firefox", "Not all journeys are in Firefox what they are in Chromium");
}

function outcomes(suites: readonly Suite[]): Record<string, Outcome> {
  const files: Record<string, Outcome> = {};
  const visit = ({ file, specs, suites = [] }: Suite): void => {
    files[file] ??= { passed: 0, failed: 0, leftOut: [], ms: 0 };
    const outcome = files[file];
    for (const { title, tests } of specs)
      for (const { status, annotations, results } of tests) {
        outcome.ms += results.reduce((sum, { duration }) => sum + duration, 0);
        if (status === "unexpected") outcome.failed++;
        else if (status !== "skipped") outcome.passed++;
        else outcome.leftOut.push(`${title}: ${annotations.find(({ type }) => type === "skip")?.description}`);
      }
    suites.forEach(visit);
  };
  suites.forEach(visit);
  return files;
}

function writeTable({ browser, files }: Kept): void {
  const rows = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (of: (outcome: Outcome) => number): number => rows.reduce((all, [, outcome]) => all + of(outcome), 0);
  const line = (name: string, cells: readonly (string | number)[]): string => `| ${[name, ...cells].join(" | ")} |`;
  const seconds = (ms: number): string => (ms / 1000).toFixed(0);
  const lines = [
    line("file", ["passed", "left out", "failed", "seconds"]),
    "|---|---|---|---|---|",
    ...rows.map(([file, { passed, leftOut, failed, ms }]) =>
      line(`\`${file}\``, [passed, leftOut.length, failed, seconds(ms)]),
    ),
    line("all", [
      sum(({ passed }) => passed),
      sum(({ leftOut }) => leftOut.length),
      sum(({ failed }) => failed),
      seconds(sum(({ ms }) => ms)),
    ]),
  ];
  const leftOut = rows.flatMap(([file, outcome]) => outcome.leftOut.map((why) => `* \`${file}\`: ${why}`));
  const text = readFileSync(PAGE, "utf8");
  if (!BETWEEN.test(text)) throw new Fault("journeys-place", `${PAGE} has no place for the table`);
  const said = `In ${browser}:\n\n${lines.join("\n")}\n\nLeft out, and why:\n\n${leftOut.join("\n")}\n`;
  writeFileSync(
    PAGE,
    text.replace(BETWEEN, () => said),
  );
}
