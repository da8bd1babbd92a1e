import { expect, it } from "vitest";
import type { Table } from "../../table";
import type { TaskColumn } from "../../tasks";
import { pairFields } from "./pairFields";

const columns: TaskColumn[] = [
  { name: "title", modality: "text", description: "" },
  { name: "colour", modality: "categorical", description: "" },
  { name: "watt", modality: "numeric", description: "" },
  { name: "image", modality: "image", description: "" },
];

function pair(left: unknown[], right: unknown[]): Table {
  const side = (prefix: string, [title, colour, watt, image]: unknown[]): Table["columns"] => [
    { kind: "string", name: `${prefix}_title`, values: [title as string | null] },
    { kind: "string", name: `${prefix}_colour`, values: [colour as string | null] },
    { kind: "number", name: `${prefix}_watt`, values: Float64Array.of((watt as number | null) ?? Number.NaN) },
    { kind: "bytes", name: `${prefix}_image`, values: [image as Uint8Array | null] },
  ];
  return { rows: 1, columns: [...side("left", left), ...side("right", right)] };
}

const verdicts = (left: unknown[], right: unknown[]) =>
  pairFields(pair(left, right), 0, columns).map(({ name, verdict, words }) => [name, verdict, words]);

it("compares the fields of a pair by their modality, pictures first", () => {
  expect(
    verdicts(["red bulb", "red", 0.1, Uint8Array.of(1, 2)], ["blue bulb", "blue", 0.3, Uint8Array.of(1, 3)]),
  ).toEqual([
    ["image", "different", "different"],
    ["title", "different", "different words"],
    ["colour", "different", "different"],
    ["watt", "different", "+0.2"],
  ]);
  expect(verdicts(["Bulb", "red", 9, Uint8Array.of(1)], ["bulb", "red", 9, Uint8Array.of(1)])).toEqual([
    ["image", "equal", "the same picture"],
    ["title", "different", "equal but for case"],
    ["colour", "equal", "equal"],
    ["watt", "equal", "equal"],
  ]);
});

it("says what is missing, and where", () => {
  expect(verdicts(["bulb", null, 9, null], [null, null, null, Uint8Array.of(1)])).toEqual([
    ["image", "one-sided", "only right"],
    ["title", "one-sided", "only left"],
    ["colour", "missing", "missing in both"],
    ["watt", "one-sided", "only left"],
  ]);
  expect(verdicts(["", "a", 12, null], ["grey", "b", 4.5, null]).map((each) => each[2])).toEqual([
    "missing in both",
    "no word in common",
    "different",
    "−7.5",
  ]);
});
