export type { Shared } from "./link";
export { decodeLink, encodeLink } from "./link";
