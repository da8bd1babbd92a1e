import { describe, expect, it } from "vitest";
import { drawIcon, onDraw, SIDE, straight } from "./raster";
import { type Icon, openSet } from "./sources/iconify";

const square = (width: number, height: number, fill: string): Icon => ({
  set: "test",
  name: "square",
  body: "",
  width,
  height,
  svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path d="M0 0H${width}V${height}H0z" fill="${fill}"/></svg>`,
});
const pixel = (rgba: Uint8Array, x: number, y: number) => [
  ...rgba.subarray((y * SIDE + x) * 4, (y * SIDE + x) * 4 + 4),
];

describe("drawing an icon", () => {
  it("gives straight alpha where resvg gives premultiplied", () => {
    expect([...straight(Uint8Array.of(120, 64, 32, 128, 0, 0, 0, 0))]).toEqual([239, 128, 64, 128, 0, 0, 0, 0]);
  });

  it("leaves no dark fringe: half-transparent orange is still orange", () => {
    const picture = drawIcon(square(16, 16, "rgba(240,128,64,0.502)"));
    const [red, green, blue, alpha] = pixel(picture?.rgba ?? new Uint8Array(), 16, 16);
    expect(alpha).toBe(128);
    for (const [seen, meant] of [
      [red, 240],
      [green, 128],
      [blue, 64],
    ])
      expect(Math.abs(seen - meant)).toBeLessThanOrEqual(2);
    expect(picture?.ink).toBeCloseTo(128 / 255, 3);
  });

  it.each([
    [32, 16],
    [16, 32],
  ])("centres an icon of %i x %i in the square", (width, height) => {
    const rgba = drawIcon(square(width, height, "#000"))?.rgba ?? new Uint8Array();
    expect(pixel(rgba, 16, 16)).toEqual([0, 0, 0, 255]);
    const outside = width > height ? pixel(rgba, 16, 2) : pixel(rgba, 2, 16);
    expect(outside).toEqual([0, 0, 0, 0]);
  });

  it("draws nothing as nothing, instead of an empty picture", () => {
    expect(drawIcon(square(16, 16, "none"))).toBeUndefined();
  });

  it("keeps the icons that abort the process away from the rasteriser", () => {
    const noto = openSet("noto");
    const drawn: string[] = [];
    onDraw((icon) => drawn.push(icon));
    for (const name of ["package", "rainbow-flag", "duck"]) {
      const icon = noto.icon(name);
      expect(icon).toBeDefined();
      if (icon) expect(drawIcon(icon) !== undefined).toBe(name === "duck");
    }
    onDraw(() => {});
    expect(drawn).toEqual(["noto:duck"]);
  });
});
