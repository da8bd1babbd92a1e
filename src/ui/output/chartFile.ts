import { save } from "../import/save";
import type { ChartData } from "./chartData";

export interface SavedChart {
  kind: "png" | "svg";
  name: string;
  title?: string;
  data: ChartData;
}

const PADDING = 16;
const LINE = 20;
const SVG = "http://www.w3.org/2000/svg";

/** Saves a chart as it stands on the page, with its title, its legend and its note. */
export async function saveChart(figure: HTMLElement, { kind, name, title, data }: SavedChart): Promise<void> {
  const drawing = figure.querySelector<SVGSVGElement>(".plot svg");
  if (!drawing) return;
  const picture = pictureOf(drawing, title, data);
  const text = new XMLSerializer().serializeToString(picture);
  if (kind === "svg") return save(`${name}.svg`, new Blob([text], { type: "image/svg+xml" }));
  const blob = await rastered(text, Number(picture.getAttribute("width")), Number(picture.getAttribute("height")));
  save(`${name}.png`, blob);
}

/** A drawing that stands for itself: no style sheet of the page's, no variable. */
function pictureOf(drawing: SVGSVGElement, title: string | undefined, data: ChartData): SVGSVGElement {
  const page = getComputedStyle(drawing);
  const ink = colourOf("--ink", drawing);
  const quiet = colourOf("--ink-3", drawing);
  const [width, height] = [drawing.width.baseVal.value, drawing.height.baseVal.value];
  const legend = data.series.length > 1 ? data.series : [];
  const head = [title, data.yLabel].filter(Boolean).length * LINE + (legend.length > 0 ? LINE : 0);
  const picture = element("svg", {
    xmlns: SVG,
    width: width + 2 * PADDING,
    height: head + height + (data.note ? LINE : 0) + 2 * PADDING,
    "font-family": page.fontFamily,
    "font-size": 11,
  });
  picture.append(element("rect", { width: "100%", height: "100%", fill: colourOf("--surface", drawing) }));
  let top = PADDING + 10;
  const write = (text: string, attributes: Record<string, string | number>): void => {
    const line = element("text", { x: PADDING, y: top, fill: quiet, ...attributes });
    line.textContent = text;
    picture.append(line);
    top += LINE;
  };
  if (title) write(title, { fill: ink, "font-size": 14, "font-weight": 600 });
  write(data.yLabel, {});
  if (legend.length > 0) picture.append(legendOf(legend, drawing, top, quiet));
  const inner = resolved(drawing);
  inner.setAttribute("x", String(PADDING));
  inner.setAttribute("y", String(PADDING + head));
  picture.append(inner);
  top = PADDING + head + height + 12;
  if (data.note) write(data.note, {});
  return picture as SVGSVGElement;
}

function legendOf(series: readonly string[], drawing: Element, y: number, fill: string): Element {
  const group = element("g", {});
  let x = PADDING;
  for (const [index, name] of series.entries()) {
    group.append(
      element("circle", { cx: x + 4, cy: y - 4, r: 4, fill: colourOf(`--class-${(index % 8) + 1}`, drawing) }),
    );
    const text = element("text", { x: x + 13, y, fill });
    text.textContent = name;
    group.append(text);
    x += 26 + name.length * 6.3;
  }
  return group;
}

/** A copy with the colours that the page's variables have now. */
function resolved(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll("*")];
  for (const [i, original] of [drawing, ...drawing.querySelectorAll("*")].entries()) {
    for (const name of ["fill", "stroke"] as const) {
      if (!original.getAttribute(name)?.includes("var(")) continue;
      copies[i].setAttribute(name, getComputedStyle(original)[name]);
    }
    copies[i].removeAttribute("data-tip");
  }
  copy.removeAttribute("aria-hidden");
  return copy;
}

function colourOf(variable: string, element: Element): string {
  return getComputedStyle(element).getPropertyValue(variable).trim();
}

function element(name: string, attributes: Record<string, string | number>): Element {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") made.setAttribute(key, String(value));
  return made;
}

async function rastered(text: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the browser made no picture of the chart");
  return blob;
}
