import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf, filesUnder, isStamped, stamp } from "./digest";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "polytab-digest-"));
  mkdirSync(join(root, "src/room"), { recursive: true });
  writeFileSync(join(root, "src/room/a.ts"), "a");
  writeFileSync(join(root, "src/b.ts"), "b");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the digest of sources", () => {
  it("lists files in folders in folders, in order", () => {
    expect(filesUnder(root, "src")).toEqual(["src/b.ts", "src/room/a.ts"]);
    expect(filesUnder(root, "src/b.ts")).toEqual(["src/b.ts"]);
    expect(filesUnder(root, "nothing")).toEqual([]);
  });

  it("stays when only times change", () => {
    const before = digestOf(root, ["src"]);
    utimesSync(join(root, "src/b.ts"), 1, 1);
    expect(digestOf(root, ["src"])).toBe(before);
  });

  it.each<[string, () => void]>([
    ["a file's content changes", () => writeFileSync(join(root, "src/b.ts"), "c")],
    ["a file is added", () => writeFileSync(join(root, "src/room/new.ts"), "")],
    ["a file goes", () => rmSync(join(root, "src/b.ts"))],
    ["an absent path appears, though empty", () => mkdirSync(join(root, "later"))],
    [
      "text moves from one file to the next",
      () => {
        writeFileSync(join(root, "src/b.ts"), "");
        writeFileSync(join(root, "src/room/a.ts"), "ba");
      },
    ],
  ])("changes when %s", (_, change) => {
    const before = digestOf(root, ["src", "later"]);
    change();
    expect(digestOf(root, ["src", "later"])).not.toBe(before);
  });

  it("takes in what else it is told, and leaves out what it is told", () => {
    expect(digestOf(root, ["src"], { extra: ["1.0.0"] })).not.toBe(digestOf(root, ["src"], { extra: ["1.0.1"] }));
    const skip = (path: string) => path.endsWith("b.ts");
    const before = digestOf(root, ["src"], { skip });
    writeFileSync(join(root, "src/b.ts"), "changed");
    expect(digestOf(root, ["src"], { skip })).toBe(before);
  });

  it("knows its own stamp and no other", () => {
    const file = join(root, "made/by/build.stamp");
    expect(isStamped(file, "x")).toBe(false);
    stamp(file, "x");
    expect(isStamped(file, "x")).toBe(true);
    expect(isStamped(file, "y")).toBe(false);
  });
});
