import { describe, expect, it } from "vitest";
import { completeLock, type Lock, omissionsOf, readLock } from "./lock";

const lock: Lock = {
  packages: {
    "": {},
    "node_modules/formatter": {
      dev: true,
      optionalDependencies: { "@formatter/cli-linux-x64-musl": "1.0.0", "@formatter/cli-linux-x64": "1.0.0" },
    },
    "node_modules/@formatter/cli-linux-x64": { dev: true },
    "node_modules/outer/node_modules/inner": { optionalDependencies: { fine: "1.0.0" } },
    "node_modules/outer/node_modules/fine": {},
  },
};

describe("the lock file", () => {
  it("of this checkout is one that `npm ci` accepts (if not: npx tsx tools/lock.ts)", () => {
    expect(omissionsOf(readLock())).toEqual([]);
  });

  it("shows what npm left out, and nothing that is found in a folder around", () => {
    expect(omissionsOf(lock)).toEqual([{ name: "@formatter/cli-linux-x64-musl", version: "1.0.0", isDev: true }]);
  });

  it("is completed with the platform, so that npm does not ask for it here", () => {
    const complete = completeLock(lock);
    expect(omissionsOf(complete)).toEqual([]);
    expect(complete.packages["node_modules/@formatter/cli-linux-x64-musl"]).toEqual({
      version: "1.0.0",
      cpu: ["x64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    });
  });
});
