import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { root } from "./command";

/** Draws the app's icons for home screens from public/icon.svg. Run it after a change of that file. */
const mark = readFileSync(join(root, "public/icon.svg"), "utf8").replace(/^<svg[^>]*>|<\/svg>\s*$/g, "");
const folder = join(root, "public/icons");

/** `share` of the edge that the mark takes; a maskable icon may be cut to a circle of four fifths. */
function draw(name: string, size: number, share: number, ground: string): void {
  const inset = (20 / share - 20) / 2;
  const edge = 20 / share;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-inset} ${-inset} ${edge} ${edge}">${ground && `<rect x="${-inset}" y="${-inset}" width="${edge}" height="${edge}" fill="${ground}"/>`}${mark}</svg>`;
  writeFileSync(join(folder, name), new Resvg(svg, { fitTo: { mode: "width", value: size } }).render().asPng());
}

mkdirSync(folder, { recursive: true });
draw("icon-192.png", 192, 0.9, "");
draw("icon-512.png", 512, 0.9, "");
draw("maskable-512.png", 512, 0.5, "#fbfaf8");
