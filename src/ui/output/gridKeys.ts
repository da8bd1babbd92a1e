export interface Spot {
  row: number;
  column: number;
}

/** Where a key leads in a grid, after the ARIA grid pattern; undefined for keys that are not the grid's. */
export function moved(
  spot: Spot,
  key: { key: string; ctrl: boolean },
  size: { rows: number; columns: number; page: number },
): Spot | undefined {
  const to = (row: number, column: number): Spot => ({
    row: Math.max(0, Math.min(size.rows - 1, row)),
    column: Math.max(0, Math.min(size.columns - 1, column)),
  });
  const { row, column } = spot;
  switch (key.key) {
    case "ArrowDown":
      return to(key.ctrl ? size.rows : row + 1, column);
    case "ArrowUp":
      return to(key.ctrl ? 0 : row - 1, column);
    case "ArrowRight":
      return to(row, key.ctrl ? size.columns : column + 1);
    case "ArrowLeft":
      return to(row, key.ctrl ? 0 : column - 1);
    case "PageDown":
      return to(row + size.page, column);
    case "PageUp":
      return to(row - size.page, column);
    case "Home":
      return to(key.ctrl ? 0 : row, 0);
    case "End":
      return to(key.ctrl ? size.rows : row, size.columns);
    default:
      return undefined;
  }
}
