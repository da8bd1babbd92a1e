import { packageJson } from "../packages";
import type { Source } from "./source";

export const CANIUSE: Source = {
  package: "caniuse-db",
  name: "Can I use by Alexis Deveria",
  licence: "CC-BY-4.0",
  url: "https://caniuse.com/",
  text: "Data from caniuse.com by Alexis Deveria, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).",
  changes: "Features flattened to title, description, area and first versions.",
};

/** An entry of caniuse.com. `stats` is support by browser and version; "y" opens what is fully supported. */
export interface CaniuseEntry {
  title: string;
  description: string;
  keywords?: string;
  categories: string[];
  stats: Record<string, Record<string, string>>;
}

export function readCaniuse(): Map<string, CaniuseEntry> {
  return new Map(Object.entries(packageJson<{ data: Record<string, CaniuseEntry> }>("caniuse-db", "data.json").data));
}
