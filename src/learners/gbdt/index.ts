export { gbdtGraph } from "./export";
export { fitGbdt } from "./fit";
export type { BinnedFeature, GbdtModel, Trees } from "./model";
export type { CategoryOptions, GbdtOptions } from "./options";
export { gbdtDefaults } from "./options";
export { predictGbdt } from "./predict";
