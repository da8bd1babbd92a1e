import { expect, it } from "vitest";
import { Fault } from "../../base";
import type { ImportAbout } from "./about";
import { createImportDesk } from "./desk";

const makers = ["Sony", "Canon", "Bose", "Apple"];
const things = ["camera", "speaker", "keyboard"];
const title = (i: number): string => `${makers[i % 4]} ${things[i % 3]} X${1000 + i * 7}`;
const left = ["id,title,price", ...Array.from({ length: 120 }, (_, i) => `a${i},${title(i)},${i}`)].join("\n");
const right = [
  "id,title,price",
  ...Array.from({ length: 90 }, (_, i) => `b${i},"${title(i).toUpperCase()}, black",${i + 2}`),
].join("\n");
const matches = ["ltable_id,rtable_id", ...Array.from({ length: 90 }, (_, i) => `a${i},b${i}`)].join("\n");

function desk(list = matches) {
  const made = createImportDesk();
  for (const [role, text] of [
    ["left", left],
    ["right", right],
    ["train", list],
  ] as const)
    made.readCsv(new TextEncoder().encode(text), { role, file: `${role}.csv` });
  return made;
}

it("two tables and a list of matches become pairs with a label, split by entity", async () => {
  const importing = desk();
  const guess = importing.guess();
  expect(guess).toMatchObject({ track: "matching", label: "label", blockable: ["title", "price"] });
  const about: ImportAbout = { ...guess, title: "Shops", label: "label" };
  const draft = importing.plan(about);
  expect(draft.blocking).toMatchObject({ possible: 10_800, matches: 90 });
  expect(draft.blocking?.found).toBeGreaterThan(85);
  expect(draft.splits.train.how).toContain('"split"');
  expect(draft.label.classes.map(({ name }) => name).sort()).toEqual(["0", "1"]);
  const { columns, splits } = await importing.make(about);
  expect(columns.map((column) => column.name)).toEqual(expect.arrayContaining(["title", "price"]));
  expect(columns.map((column) => column.name)).not.toContain("split");
  const rows = Object.values(splits).map((split) => split.rows);
  expect(rows.reduce((a, b) => a + b)).toBe(90 + (draft.blocking?.negatives ?? 0));
});

it("what is asked of the blocking changes what it finds", () => {
  const importing = desk();
  const guess = importing.guess();
  const ask = { keys: ["price"], texts: [], top: 1, negatives: 1, seed: 1 };
  const { blocking } = importing.plan({ ...guess, title: "Shops", label: "label", blocking: ask });
  expect(blocking?.ways.map(({ way }) => way)).toEqual(["same price"]);
  expect(blocking?.found).toBe(0); // every price was raised by two
});

it("a list that tells matches from others is not blocked", () => {
  const labelled = ["ltable_id,rtable_id,label", ...Array.from({ length: 90 }, (_, i) => `a${i},b${i},${i % 2}`)];
  expect(desk(labelled.join("\n")).guess().blockable).toBeUndefined();
});

it("matches that name no record are listed", () => {
  const importing = desk(`${matches}\na1,nowhere`);
  const about: ImportAbout = { ...importing.guess(), title: "S", label: "label" };
  expect(() => importing.plan(about)).toThrow(Fault);
  expect(() => importing.plan(about)).toThrow(/nowhere/);
  expect(importing.plan({ ...about, badRows: "set aside" }).blocking?.matches).toBe(90);
});
