/** What `import { … } from "polytab"` may name. The test holds it against the toolbox itself. */
export const TOOLBOX_NAMES: readonly string[] = [
  "FeatureDefinition",
  "TextFeature",
  "average",
  "dateParts",
  "defineFeatures",
  "deviation",
  "display",
  "embedding",
  "haversine",
  "images",
  "median",
  "quantile",
  "similarity",
  "targetEncoding",
  "task",
  "text",
];
