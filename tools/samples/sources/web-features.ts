import { packageJson } from "../packages";
import type { Source } from "./source";

export const WEB_FEATURES: Source = {
  package: "web-features",
  name: "web-features by the WebDX Community Group",
  licence: "Apache-2.0",
  url: "https://github.com/web-platform-dx/web-features",
  text: "Copyright the web-features contributors, Apache-2.0.",
  changes: "Features flattened to title, description, area and first versions.",
};

/** A feature of the package. `caniuse` is its hand-kept link to the entries of caniuse.com. */
export interface WebFeature {
  kind: string;
  name: string;
  description: string;
  compat_features?: string[];
  caniuse?: string | string[];
  status?: { support?: Record<string, string> };
}

/** The features by id, without those that were moved or split. */
export function readWebFeatures(): Map<string, WebFeature> {
  const { features } = packageJson<{ features: Record<string, WebFeature> }>("web-features", "data.json");
  return new Map(Object.entries(features).filter(([, feature]) => feature.kind === "feature"));
}
