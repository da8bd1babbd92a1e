/** The module `polytab` of a notebook's cells: what user code may import. `display` and `task` are added by the worker. */
export { type DateParts, dateParts } from "./dates";
export { type Definition, defineFeatures, FeatureDefinition, type FeatureRecord, type FeatureValue } from "./define";
export { haversine } from "./geo";
export { type Images, images, type Pixels } from "./pictures";
export { type MaybeText, type MaybeVector, type Similarity, similarity } from "./similarity";
export { average, deviation, type MaybeNumbers, median, quantile } from "./statistics";
export {
  type LabelledRow,
  type TargetEncoding,
  type TargetEncodingOptions,
  targetEncoding,
} from "./target-encoding";
export { TextFeature, text } from "./text";
export type { Tfidf } from "./tfidf";
