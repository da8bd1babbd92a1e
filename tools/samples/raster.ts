import { Resvg } from "@resvg/resvg-js";
import { encodePng } from "./png";
import type { Icon } from "./sources/iconify";

export const SIDE = 32;

/**
 * Icons on which resvg 2.6.2 panics (`geom.rs`: unwrap on None), which ends the whole process and cannot be caught.
 * A new one shows in the run's message: each task is made in a process of its own, which notes the icon it is drawing.
 */
const PANICS = new Set(["noto:package", "noto:rainbow-flag"]);

export interface Picture {
  /** 32 x 32 straight-alpha RGBA. */
  rgba: Uint8Array;
  png: Uint8Array;
  /** Mean alpha in [0, 1]: how much of the square is covered. */
  ink: number;
}

let note: (icon: string) => void = () => {};

/** Called with `set:name` before each drawing, so that a panic can be put to its icon. */
export function onDraw(listener: (icon: string) => void): void {
  note = listener;
}

export function panics(icon: Icon): boolean {
  return PANICS.has(`${icon.set}:${icon.name}`);
}

/** The icon in a square of 32 pixels, centred; undefined where resvg would panic or where it draws nothing. */
export function drawIcon(icon: Icon): Picture | undefined {
  if (panics(icon)) return undefined;
  note(`${icon.set}:${icon.name}`);
  const fitTo =
    icon.width >= icon.height ? { mode: "width" as const, value: SIDE } : { mode: "height" as const, value: SIDE };
  const drawn = new Resvg(icon.svg, { fitTo, font: { loadSystemFonts: false } }).render();
  const rgba = centred(straight(drawn.pixels), drawn.width, drawn.height);
  let alpha = 0;
  for (let i = 3; i < rgba.length; i += 4) alpha += rgba[i];
  if (alpha === 0) return undefined;
  return { rgba, png: encodePng(rgba, SIDE, SIDE), ink: round(alpha / 255 / (SIDE * SIDE), 4) };
}

/** Straight alpha from resvg's premultiplied pixels, without which every soft edge gets a dark fringe. */
export function straight(premultiplied: Uint8Array): Uint8Array {
  const out = new Uint8Array(premultiplied.length);
  for (let i = 0; i < out.length; i += 4) {
    const alpha = premultiplied[i + 3];
    out[i + 3] = alpha;
    // Nothing there, or black: most pixels of an icon.
    if (alpha === 0 || (premultiplied[i] | premultiplied[i + 1] | premultiplied[i + 2]) === 0) continue;
    for (let c = 0; c < 3; c++) out[i + c] = Math.min(255, Math.round((premultiplied[i + c] * 255) / alpha));
  }
  return out;
}

function centred(rgba: Uint8Array, width: number, height: number): Uint8Array {
  if (width === SIDE && height === SIDE) return rgba;
  const out = new Uint8Array(SIDE * SIDE * 4);
  const left = Math.floor((SIDE - width) / 2);
  const top = Math.floor((SIDE - height) / 2);
  for (let y = 0; y < height; y++) {
    out.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), ((y + top) * SIDE + left) * 4);
  }
  return out;
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
