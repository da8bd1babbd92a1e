import { strToU8, zipSync } from "fflate";

/** A `.zip` of files; Parquet is packed already and is stored as it is. */
export function zipFiles(files: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        [typeof content === "string" ? strToU8(content) : content, { level: name.endsWith(".parquet") ? 0 : 6 }],
      ]),
    ),
  );
}
