import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { Fault } from "../src/base/fault";
import { root, runTool, seconds } from "./command";
import { filesUnder } from "./digest";
import { prepare, type Target } from "./prepare";
import { serveFolder } from "./serve";

/** `npm start`: makes what is missing or stale, serves the built app, and says what it is doing with times. */
async function start(): Promise<void> {
  const options = readOptions();
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  console.log(`Polytab ${version}\n`);
  for (const target of ["samples", "encoders", "build"] satisfies Target[]) await say(target);
  const served = await serveFolder({
    folder: join(root, "dist"),
    port: options.port ?? 4173,
    orNext: options.port === undefined,
    base: options.base,
    isolated: options.isolated,
  });
  console.log(`  ${"serving".padEnd(9)} ${served.url}   (Ctrl-C ends it)`);
}

async function say(target: Target): Promise<void> {
  const line = (text: string) => `  ${target.padEnd(9)} ${text}`;
  const { why, tookMs } = await prepare(target, {
    onMaking: (reason) => console.log(line(`${reason}: making …`)),
    onLine: (text) => showBriefly(line(text)),
  });
  showBriefly("");
  const folder = join(root, target === "build" ? "dist" : `public/${target}`);
  const files = filesUnder(folder, ".").length;
  console.log(line(`${why ? "made" : "up to date"}, ${files} files in ${relative(root, folder)} (${seconds(tookMs)})`));
}

/** How far the work is, on a line that the next one replaces. Only where a person looks on. */
function showBriefly(text: string): void {
  if (!process.stdout.isTTY) return;
  process.stdout.write(`\r\x1b[2K${stripVTControlCharacters(text).slice(0, process.stdout.columns - 1)}`);
}

function readOptions(): { port?: number; base?: string; isolated: boolean } {
  const usage = "Use: npm start -- [--port 4173] [--base /some/path/] [--no-isolation]";
  try {
    const { values } = parseArgs({
      options: { port: { type: "string" }, base: { type: "string" }, "no-isolation": { type: "boolean" } },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536))
      throw new Fault("usage", `"${values.port}" is not a port.`, { hint: usage });
    return { port, base: values.base, isolated: !values["no-isolation"] };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("usage", error instanceof Error ? error.message : String(error), { hint: usage });
  }
}

await runTool(start);
