import { beforeAll, describe, expect, it } from "vitest";
import { CELL_DEFINITIONS } from "../../src/cells";
import { cellFault, codeCells, parseNotebook } from "../../src/notebook";
import { buildGraph } from "../../src/runtime";
import { loadParsers } from "../../src/sandbox";
import { SPLIT_NAMES, type TaskManifest } from "../../src/tasks";
import { partsOf, singleModalityNotebook } from "./single-modality";
import { type StarterResult, startersPage } from "./starters-table";

beforeAll(loadParsers);

const columns: TaskManifest["columns"] = [
  { name: "title", modality: "text", description: "" },
  { name: "price", modality: "numeric", description: "" },
  { name: "icon", modality: "image", description: "" },
];
const task = (track: TaskManifest["track"]) => ({ id: "shop", track, columns }) as TaskManifest;

describe.each(["classification", "matching"] as const)("the notebook of single modalities, %s", (track) => {
  const cells = codeCells(parseNotebook(singleModalityNotebook(task(track))));

  it("has a graph without faults, and a score for every part of the task", () => {
    const known = [...SPLIT_NAMES, ...cells.map((cell) => cell.name)];
    const graph = buildGraph(
      cells.map((cell) => ({
        ...cell,
        fault: cellFault(cell),
        ...CELL_DEFINITIONS[cell.kind].reads(cell.source, known),
      })),
      SPLIT_NAMES,
    );
    expect([...graph.faults.values()]).toEqual([]);
    expect(graph.order).toHaveLength(cells.length);
    expect(partsOf(task(track))).toEqual(["text", "image", "tabular"]);
    for (const part of partsOf(task(track))) expect(known).toContain(`${part}_score`);
  });
});

it("the page shows what was measured, and a dash for a part that the task does not have", () => {
  const score = { value: 0.5, low: 0.4, high: 0.6 };
  const result: StarterResult = {
    task: "web-features",
    metric: "f1",
    rows: { train: 1234, validation: 10 },
    majority: { value: 0, low: 0, high: 0 },
    parts: { text: score },
    starter: { value: 0.9, low: 0.85, high: 0.95 },
    metrics: {},
    openMs: 1000,
    runMs: 2500,
    cells: [{ name: "mine", tookMs: 2000 }],
    load: 0.5,
  };
  const page = startersPage([result], "a machine");
  expect(page).toContain(
    "| web-features | f1 | 0.000 (0.000–0.000) | 0.500 (0.400–0.600) | – | – | **0.900 (0.850–0.950)** |",
  );
  expect(page).toContain("| web-features | 1,234 | 1.0 s | 2.5 s | 0.5 | mine 2.0 s |");
});
