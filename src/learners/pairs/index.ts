export { pairedColumns } from "./attributes";
export type { PairTable } from "./features";
export { pairFeatures } from "./features";
export type { PairOptions } from "./fit";
export { fitPairs, PAIR_OPTIONS } from "./fit";
export type { FittedPairs } from "./fitted";
export { fittedPairsSchema } from "./fitted";
