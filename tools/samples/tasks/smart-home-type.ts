import { type Listing, loadListings, ZIGBEE } from "../sources/zigbee";
import { createGroups, stratifiedSplit } from "../split";
import type { Report, Row, SampleTask } from "../task";

const SHARES = { train: 0.6, validation: 0.2, test: 0.2 };
/** Too rare, or no type at all. */
const DROPPED = new Set(["other", "vibration", "fan", "light-on-off"]);

export const task: SampleTask = {
  id: "smart-home-type",
  title: "What kind of product is it?",
  track: "classification",
  description: `Real smart-home products of 600 vendors, as their catalogue lists them. Say which of 16 product types each one is, from its
description, its model number, its vendor and a few counts.

The descriptions are short and written by many hands ("Smart plug", "TRADFRI LED bulb E27 WS opal 980lm"), and many do
not name the type: the vendor and the counts help. A product and all its white labels lie in one split, and so do products of
one vendor with the same description. Types are derived from what a product can do, so a few may surprise.`,
  columns: [
    { name: "description", modality: "text", description: "What the vendor's catalogue calls the product." },
    { name: "model", modality: "text", description: "The vendor's model number." },
    { name: "vendor", modality: "categorical", description: "The brand it is sold under." },
    { name: "power", modality: "categorical", description: "Whether it runs on a battery or on mains." },
    { name: "ota", modality: "categorical", description: "Whether its firmware can be updated over the air." },
    { name: "n_readings", modality: "numeric", description: "How many values it only reports." },
    { name: "n_settings", modality: "numeric", description: "How many values can be set." },
    { name: "n_options", modality: "numeric", description: "How many options its integration has." },
    { name: "n_model_ids", modality: "numeric", description: "By how many radio identifiers it is recognised." },
    { name: "n_brands", modality: "numeric", description: "Under how many other listings it is sold." },
  ],
  metric: "accuracy",
  baselines: ["smart-home-type-fusion", "smart-home-type-text", "smart-home-type-table"],
  sources: [ZIGBEE],
  limits: { shares: SHARES, drift: 0.02, shortcut: 0.4, words: 0.82 },
  apart: [
    ["vendor", "description"],
    ["vendor", "model"],
  ],
  make,
};

function make(report: Report): { kind: "rows"; rows: Row[] } {
  report(0, 1, "reading products");
  const listings = loadListings().filter(({ type }) => !DROPPED.has(type));
  const groups = groupsOf(listings);
  const grouped = listings.map((listing) => ({ listing, group: groups.of(listing.family), label: listing.type }));
  const splitOf = stratifiedSplit(grouped, SHARES, "split smart-home-type");
  const rows = grouped.map(({ listing, group, label }) => ({
    key: listing.key,
    group,
    split: splitOf.get(group) ?? ("train" as const),
    label,
    cells: {
      description: listing.description || null,
      model: listing.model,
      vendor: listing.vendor,
      power: listing.power,
      ota: listing.updates ? "updatable" : "fixed",
      n_readings: listing.readings,
      n_settings: listing.settings,
      n_options: listing.options,
      n_model_ids: listing.modelIds,
      n_brands: listing.brands,
    },
  }));
  return { kind: "rows", rows };
}

/** A family is a definition and its white labels; families of one vendor with one description are near-duplicates. */
export function groupsOf(listings: readonly Listing[]): ReturnType<typeof createGroups> {
  const groups = createGroups();
  for (const { family, vendor, model, description } of listings) {
    if (description) groups.join(family, `says ${vendor.toLowerCase()}: ${description.toLowerCase()}`);
    groups.join(family, `is ${vendor.toLowerCase()}: ${model.toLowerCase()}`);
  }
  return groups;
}
