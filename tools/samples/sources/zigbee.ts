import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFile } from "../packages";
import type { Source } from "./source";

export const ZIGBEE: Source = {
  package: "zigbee-herdsman-converters",
  name: "zigbee-herdsman-converters by Koen Kanters and contributors",
  licence: "MIT",
  url: "https://github.com/Koenkk/zigbee-herdsman-converters",
  text: "Copyright (c) 2018 Koen Kanters, MIT. Product names belong to their makers and only identify the products.",
  changes: "Product definitions and white labels flattened to one listing a row; types derived from the definitions.",
};

/** The parts of a zigbee-herdsman-converters definition that are read here. */
interface Definition {
  vendor: string;
  model: string | number;
  description?: string;
  zigbeeModel?: string[];
  fingerprint?: unknown[];
  whiteLabel?: { vendor?: string; model: string | number; description?: string }[];
  ota?: unknown;
  options?: unknown[];
  exposes: Expose[] | ((device: object, options: object) => Expose[]);
}

export interface Expose {
  type: string;
  name?: string;
  access?: number;
  features?: { name: string }[];
}

/** A retail product as a shop would list it. White labels of one definition are listings of one family. */
export interface Listing {
  key: string;
  family: string;
  vendor: string;
  model: string;
  description: string;
  type: string;
  power: "battery" | "mains";
  updates: boolean;
  readings: number;
  settings: number;
  options: number;
  modelIds: number;
  brands: number;
}

/** `access` is a bit field: 1 is published, 2 can be set, 4 can be asked for. */
const SETTABLE = 2;

/** A definition of the package with what it exposes, and the name of the family that its listings are. */
interface Product {
  family: string;
  definition: Definition;
  exposes: Expose[];
}

/** All definitions of the package. Its engines field asks for Node 22; loading the definitions runs on 20 as well. */
export function readProducts(): Product[] {
  const require = createRequire(import.meta.url);
  const { prepareDefinition } = require("zigbee-herdsman-converters") as {
    prepareDefinition(given: unknown): Definition;
  };
  const folder = packageFile("zigbee-herdsman-converters", "dist/devices");
  const files = readdirSync(folder).filter((file) => file.endsWith(".js") && file !== "index.js");
  return files.sort().flatMap((file) => {
    const { definitions } = require(join(folder, file)) as { definitions: unknown[] };
    return definitions.map((given, i) => {
      const definition = prepareDefinition(given);
      const { exposes } = definition;
      return {
        family: `${file} ${i}`,
        definition,
        exposes: typeof exposes === "function" ? exposes({ isDummyDevice: true }, {}) : exposes,
      };
    });
  });
}

/** Every product as its vendors list it, white labels included. */
export function loadListings(): Listing[] {
  return readProducts().flatMap(listingsOf);
}

function listingsOf({ family, definition, exposes }: Product): Listing[] {
  const { vendor, description = "", whiteLabel = [] } = definition;
  const settable = exposes.filter((expose) => expose.access !== undefined && expose.access & SETTABLE).length;
  const facts = {
    family,
    type: productType(exposes),
    power: exposes.some((expose) => expose.name?.startsWith("battery")) ? ("battery" as const) : ("mains" as const),
    updates: Boolean(definition.ota),
    readings: exposes.filter((expose) => expose.access !== undefined).length - settable,
    settings: settable,
    options: definition.options?.length ?? 0,
    modelIds: (definition.zigbeeModel?.length ?? 0) + (definition.fingerprint?.length ?? 0),
    brands: whiteLabel.length,
  };
  const named = [
    { vendor, model: definition.model, description },
    ...whiteLabel.map((label) => ({
      ...label,
      vendor: label.vendor ?? vendor,
      description: label.description ?? description,
    })),
  ];
  const listings = new Map<string, Listing>();
  for (const { vendor, model, description } of named) {
    const key = `${family} ${vendor} ${model}`;
    if (!listings.has(key)) {
      listings.set(key, {
        ...facts,
        key,
        vendor: vendor.trim(),
        model: String(model).trim(),
        description: description.trim(),
      });
    }
  }
  return [...listings.values()];
}

/** Readings in the order in which they decide a product's type, when it has no actuator. */
const BY_READING: [reading: string, type: string][] = [
  ["smoke", "smoke-gas"],
  ["gas", "smoke-gas"],
  ["carbon_monoxide", "smoke-gas"],
  ["water_leak", "water-leak"],
  ["occupancy", "motion-presence"],
  ["presence", "motion-presence"],
  ["contact", "contact"],
  ["vibration", "vibration"],
  ["action", "remote-button"],
  ["soil_moisture", "environment"],
  ["co2", "environment"],
  ["pm25", "environment"],
  ["temperature", "environment"],
  ["humidity", "environment"],
  ["illuminance", "environment"],
  ["energy", "meter"],
  ["power", "meter"],
  ["warning", "siren"],
  ["alarm", "siren"],
];

/** What kind of product it is, by what it exposes: the actuator first, then the reading that it is bought for. */
export function productType(exposes: readonly Expose[]): string {
  const types = new Set(exposes.map((expose) => expose.type));
  const names = new Set(exposes.map((expose) => expose.name));
  for (const type of ["lock", "cover", "climate", "fan"]) if (types.has(type)) return type;
  if (types.has("light")) {
    const features = exposes.filter((expose) => expose.type === "light").flatMap((expose) => expose.features ?? []);
    const can = new Set(features.map((feature) => feature.name));
    if (can.has("color_xy") || can.has("color_hs")) return "light-colour";
    if (can.has("color_temp")) return "light-white-spectrum";
    return can.has("brightness") ? "light-dimmable" : "light-on-off";
  }
  if (types.has("switch")) return names.has("power") || names.has("energy") ? "switch-metering" : "switch";
  return BY_READING.find(([reading]) => names.has(reading))?.[1] ?? "other";
}
