const KEY = "polytab.panels";
const DEFAULTS = { left: 248, right: 320 };

/** The side panels' widths in px, as the reader left them. */
export function readWidths(): { left: number; right: number } {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const widthOf = (side: "left" | "right") => {
      const width = stored && typeof stored === "object" ? (stored as Record<string, unknown>)[side] : undefined;
      return typeof width === "number" && width >= 160 && width <= 640 ? width : DEFAULTS[side];
    };
    return { left: widthOf("left"), right: widthOf("right") };
  } catch {
    return DEFAULTS;
  }
}

export function writeWidths(widths: Partial<{ left: number; right: number }>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readWidths(), ...widths }));
  } catch {
    // Without storage the widths last as long as the page.
  }
}
