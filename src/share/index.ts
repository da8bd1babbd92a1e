export type { HtmlPage, HtmlPart } from "./html";
export { escapeHtml, readHtml, writeHtml } from "./html";
export { readIpynb, writeIpynb } from "./ipynb";
export { decodeLink, encodeLink } from "./link";
export type { Shared } from "./provenance";
export { writePython } from "./python";
export { zipFiles } from "./zip";
