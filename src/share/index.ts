export { decodeLink, encodeLink } from "./link";
export type { Shared } from "./provenance";
