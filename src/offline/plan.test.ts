import { describe, expect, it } from "vitest";
import { groupOf, keyOf, planFetch, planTidy } from "./plan";
import type { SiteFile } from "./protocol";

const scope = "https://host.example/some/path/";
const file = (path: string): SiteFile => ({ path, bytes: 10, sha256: `sha of ${path}`, group: "shell" });
const files = new Map(["index.html", "assets/a-1.js", "samples/x/train.parquet"].map((path) => [path, file(path)]));
const ask = (url: string, more: object = {}) =>
  planFetch(files, scope, { url, method: "GET", isNavigation: false, isPartial: false, ...more });

describe("what is kept when", () => {
  it.each([
    ["index.html", 3_000, "shell"],
    ["assets/index-1.js", 300_000, "shell"],
    ["samples/index.json", 10_000, "shell"],
    ["assets/ts.worker-1.js", 6_900_000, "engines"],
    ["assets/duckdb-eh-1.wasm", 18_000_000, "engines"],
    ["models/a.onnx", 350_000, "engines"],
    ["encoders/words.json", 200_000, "engines"],
    ["samples/a/task.json", 5_000, "engines"],
    ["samples/a/train.parquet", 800_000, "task"],
    ["assets/ort-wasm-simd-threaded.jspi-1.wasm", 16_000_000, "use"],
    ["samples/a/train.csv", 20_000_000, undefined],
    ["sw.js", 20_000, undefined],
  ])("%s", (path, bytes, group) => {
    expect(groupOf(path, bytes)).toBe(group);
  });
});

describe("what the service worker answers", () => {
  it("a file of the build, the page for its folder, and a size", () => {
    expect(ask(`${scope}assets/a-1.js`)).toEqual({ kind: "file", file: file("assets/a-1.js") });
    expect(ask(`${scope}#/task/x`, { isNavigation: true })).toEqual({ kind: "file", file: file("index.html") });
    expect(ask(`${scope}?from=chat`, { isNavigation: true })).toEqual({ kind: "file", file: file("index.html") });
    expect(ask(`${scope}samples/x/train.parquet`, { method: "HEAD" }).kind).toBe("size");
  });

  it("nothing of another host, folder or method, no part, no file that the build lacks", () => {
    const passed = [
      ask("https://elsewhere.example/assets/a-1.js"),
      ask("https://host.example/assets/a-1.js"),
      ask(`${scope}assets/a-1.js`, { method: "POST" }),
      ask(`${scope}assets/a-1.js?raw`),
      ask(`${scope}samples/x/train.parquet`, { isPartial: true }),
      ask(`${scope}samples/x/train.csv`),
      ask(`${scope}%E0%A4%A`),
    ];
    expect(passed.map(({ kind }) => kind)).toEqual(passed.map(() => "pass"));
  });
});

describe("what may go", () => {
  const present = { build: "new", keys: new Set(["both", "new only"]) };
  const keys = ["both", "new only", "old only"];

  it("files of older builds, once every open page is of the present one", () => {
    expect(planTidy(keys, present, ["new", "new"])).toEqual(["old only"]);
    expect(planTidy(keys, present, [])).toEqual(["old only"]);
  });

  it("nothing while a page is of an older build, or does not say", () => {
    expect(planTidy(keys, present, ["new", "old"])).toEqual([]);
    expect(planTidy(keys, present, ["new", undefined])).toEqual([]);
  });

  it("a key says the content, so that two builds share what did not change", () => {
    expect(keyOf(scope, { path: "a.js", sha256: "1f" })).toBe(`${scope}a.js?sha256=1f`);
  });
});
