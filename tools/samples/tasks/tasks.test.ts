import { describe, expect, it } from "vitest";
import { baseOf, nearNames, STYLED_SETS } from "../icon-families";
import { iconCategories } from "../sources/iconify";
import { productType } from "../sources/zigbee";
import { TOPICS } from "../topics";
import { familyOf } from "./emoji-aisle";
import { nameParts, topicOf } from "./icon-topic";
import { coreOf } from "./smart-home-variants";
import { versionOf } from "./web-features";

it("one emoji family, whoever does it", () => {
  expect(new Set(["man running", "woman running", "person running"].map(familyOf)).size).toBe(1);
  expect(familyOf("man detective")).toBe(familyOf("detective"));
  expect(familyOf("seven-thirty")).toBe(familyOf("five o’clock"));
  expect(familyOf("keycap: 2")).toBe(familyOf("keycap: 3"));
  expect(familyOf("man")).toBe(familyOf("woman"));
  expect(familyOf("manual wheelchair")).toBe("manual wheelchair");
});

describe("icon topics", () => {
  it("name categories that the sets really have", () => {
    for (const [topic, sets] of Object.entries(TOPICS)) {
      for (const [set, categories] of Object.entries(sets)) {
        const known = new Set([...iconCategories(set).values()].flat());
        for (const category of categories) expect(known, `${topic}: ${set}`).toContain(category);
      }
    }
  });

  it("give each category one topic", () => {
    const all = Object.values(TOPICS).flatMap((sets) =>
      Object.entries(sets).flatMap(([set, categories]) => categories.map((category) => `${set}: ${category}`)),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(topicOf("mdi", "Currency")).toBe("money");
    expect(topicOf("mdi", "Tooltip")).toBeUndefined();
  });

  it("take style and number off the name", () => {
    expect(nameParts({ set: "solar", name: "camera-add-bold-duotone" })).toEqual({
      base: "camera add",
      style: "bold-duotone",
    });
    expect(nameParts({ set: "streamline", name: "camera-2" })).toEqual({ base: "camera", style: "regular" });
    expect(nameParts({ set: "mdi", name: "camera-variant" })).toEqual({ base: "camera variant", style: "variant" });
  });
});

it("icon families: the ending is the style, near names differ by at most two words", () => {
  expect(baseOf("calendar-add-16-filled", STYLED_SETS.fluent)).toEqual({ base: "calendar-add", style: "16-filled" });
  expect(baseOf("calendar", STYLED_SETS.ph)).toEqual({ base: "calendar", style: "regular" });
  const family = (name: string) => ({ key: name, set: "s", words: new Set(name.split("-")), head: name, drawings: [] });
  const [add, cancel, far] = ["calendar-add", "calendar-cancel", "bus-stop-sign"].map(family);
  const near = nearNames([add, cancel, far]);
  expect(near.get(add)).toEqual([cancel]);
  expect(near.has(far)).toBe(false);
});

it("a product's type comes from its actuator first, then from what it reads", () => {
  expect(
    productType([
      { type: "numeric", name: "battery" },
      { type: "binary", name: "smoke" },
    ]),
  ).toBe("smoke-gas");
  expect(
    productType([
      { type: "switch", name: "state" },
      { type: "numeric", name: "power" },
    ]),
  ).toBe("switch-metering");
  expect(productType([{ type: "light", features: [{ name: "brightness" }, { name: "color_temp" }] }])).toBe(
    "light-white-spectrum",
  );
  expect(productType([{ type: "enum", name: "mode" }])).toBe("other");
});

it("variants of one product have one core", () => {
  expect(coreOf("Hue bulb E27 (Black), 810 lm")).toBe(coreOf("Hue bulb E26 (White), 1100lm"));
  expect(coreOf("Hue lightstrip")).not.toBe(coreOf("Hue bulb"));
});

it("reads versions as browsers write them", () => {
  expect(["≤79", "15.2-15.3", "TP", undefined].map(versionOf)).toEqual([79, 15.2, null, null]);
});
