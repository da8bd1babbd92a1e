import { describe, expect, it } from "vitest";
import type { CatalogueEntry } from "../../tasks";
import { findTasks, summaryOf, type TaskSearch } from "./findTasks";

const entry = (about: Partial<CatalogueEntry>): CatalogueEntry => ({
  id: "x",
  title: "",
  track: "classification",
  modalities: ["text"],
  rows: { train: 1, validation: 1, test: 1 },
  classes: 2,
  metric: "accuracy",
  bytes: 1,
  ...about,
});
const tasks = [
  entry({ id: "emoji", title: "Which aisle?", modalities: ["text", "image"], columns: ["name", "svg_bytes"] }),
  entry({ id: "words", title: "Which sense?", description: "From **WordNet**,\nsee [its site](https://x.example)." }),
  entry({
    id: "icons",
    title: "Same icon?",
    track: "matching",
    kind: "variant",
    modalities: ["text", "numeric", "image"],
  }),
];
const found = (search: Partial<TaskSearch>) =>
  findTasks(tasks, { words: "", track: "all", modalities: [], ...search }).map((task) => task.id);

describe("the gallery finds tasks", () => {
  it.each([
    ["", ["emoji", "words", "icons"]],
    ["which", ["emoji", "words"]],
    ["  WHICH   sense", ["words"]],
    ["svg", ["emoji"]],
    ["wordnet, see its", ["words"]],
    ["x.example", []],
    ["variant", ["icons"]],
    ["image same", ["icons"]],
    ["nothing like that", []],
  ])("by the words %j in title, description, columns and kinds", (words, ids) => {
    expect(found({ words })).toEqual(ids);
  });

  it("by track, and by modalities that a task has all of", () => {
    expect(found({ track: "matching" })).toEqual(["icons"]);
    expect(found({ modalities: ["image"] })).toEqual(["emoji", "icons"]);
    expect(found({ modalities: ["image", "numeric"] })).toEqual(["icons"]);
    expect(found({ modalities: ["image"], track: "classification", words: "which" })).toEqual(["emoji"]);
  });
});

it("a summary is the first paragraph in plain words", () => {
  expect(summaryOf("Say **which**\n`one` it [is](https://x.example).\n\nMore.")).toBe("Say which one it is.");
  expect(summaryOf("")).toBe("");
});
