import { describe, expect, it } from "vitest";
import type { TaskManifest } from "../tasks";
import { joinSources, type TaskSource } from "./task-source";

/** A source that has these tasks, and says which it was that gave a file. */
function sourceOf(name: string, ids: readonly string[], asked: string[] = []): TaskSource {
  return {
    list: async () => [],
    manifest: async (id) => {
      asked.push(`${name} ${id}`);
      return ids.includes(id) ? ({ id } as TaskManifest) : undefined;
    },
    bytes: async () => new TextEncoder().encode(name),
    text: async () => name,
    testLabels: async () => undefined,
  };
}

describe("joined sources", () => {
  it("give a file from the first that has the task, and look once for its manifest and its files", async () => {
    const asked: string[] = [];
    const own = sourceOf("own", ["mine", "both"], asked);
    const source = joinSources([own, sourceOf("site", ["theirs", "both"], asked)]);
    expect(await source.manifest("both")).toEqual({ id: "both" });
    expect(new TextDecoder().decode(await source.bytes("both", "train.parquet"))).toBe("own");
    expect(await source.text("both", "notebook.md")).toBe("own");
    expect(asked).toEqual(["own both"]);
    await source.manifest("theirs");
    expect(await source.text("theirs", "notebook.md")).toBe("site");
  });

  it("give a file of a task whose manifest nobody has asked for", async () => {
    const source = joinSources([sourceOf("own", ["mine"]), sourceOf("site", ["theirs"])]);
    expect(await source.text("mine", "notebook.md")).toBe("own");
    expect(await source.text("theirs", "notebook.md")).toBe("site");
  });

  it("follow a task that has gone, and come, once its manifest is asked for again", async () => {
    const ids = ["task"];
    const source = joinSources([sourceOf("own", ids), sourceOf("site", ["task"])]);
    await source.manifest("task");
    ids.pop();
    await source.manifest("task");
    expect(await source.text("task", "notebook.md")).toBe("site");
    ids.push("task");
    await source.manifest("task");
    expect(await source.text("task", "notebook.md")).toBe("own");
  });
});
