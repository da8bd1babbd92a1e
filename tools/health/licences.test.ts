import { expect, test } from "vitest";
import { isAllowed, licensedPackages, noticeText } from "./licences";

const packages = licensedPackages();

test("every package that the app is made with has a licence that lets it be passed on", () => {
  expect(packages.length).toBeGreaterThan(20);
  expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
});

test("an expression is allowed by one of its choices, and only by whole ones", () => {
  expect(isAllowed("(MPL-2.0 OR Apache-2.0)")).toBe(true);
  expect(isAllowed("MIT AND ISC AND BSD-3-Clause")).toBe(true);
  expect(isAllowed("MIT AND GPL-3.0-only")).toBe(false);
  expect(isAllowed("GPL-3.0-only")).toBe(false);
  expect(isAllowed("not stated")).toBe(false);
});

test("the notices name every package and hold a licence's text once", () => {
  const text = noticeText(packages);
  for (const { name, version } of packages) expect(text).toContain(`${name} ${version} (`);
  const two = [
    { name: "a", version: "1.0.0", licence: "MIT", texts: ["The same words"] },
    { name: "b", version: "2.0.0", licence: "MIT", texts: ["The same words"] },
  ];
  expect(noticeText(two).split("The same words")).toHaveLength(2);
});
