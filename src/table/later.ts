import type { Table } from "./table";

/** `tableFromArrow` of ./arrow; apache-arrow's 190 kB come with the first table, not with the page. */
export async function tableFromArrow(bytes: Uint8Array): Promise<Table> {
  return (await import("./arrow")).tableFromArrow(bytes);
}

/** Fetches the code of `tableFromArrow` ahead. */
export function expectTables(): void {
  import("./arrow").catch(() => {}); // told when it is needed
}

/** `tableToArrow` of ./encode, whose code comes with the first table that is written. */
export async function tableToArrow(table: Table): Promise<Uint8Array> {
  return (await import("./encode")).tableToArrow(table);
}
