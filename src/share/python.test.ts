import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writePython } from ".";

const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);

describe("the script for Python", () => {
  it.skipIf(python === undefined).each([
    ["plain", { title: "First look", label: "label" }],
    ["hostile", { title: 'A """ title \\ with\n"quotes', label: 'la"bel\\\n' }],
  ])("compiles: %s", (_, { title, label }) => {
    const folder = mkdtempSync(join(tmpdir(), "polytab-python-"));
    const file = join(folder, "load.py");
    writeFileSync(
      file,
      writePython({
        title,
        label,
        task: "t",
        track: "matching",
        metric: "f1",
        features: ["a", "b"],
        pictures: ["image"],
      }),
    );
    const read = `import ast, sys; t = ast.parse(open(sys.argv[1], encoding="utf-8").read()); print([ast.literal_eval(n.value) for n in t.body if isinstance(n, ast.Assign) and n.targets[0].id == "LABEL"][0], end="")`;
    const { status, stdout, stderr } = spawnSync(python!, ["-c", read, file], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toBe(label);
  });
});
