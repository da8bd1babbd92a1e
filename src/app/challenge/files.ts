import { Fault } from "../../base";
import { createConverter } from "../../data";
import { type Table, tableFromArrow } from "../../table";
import { readCsv } from "../../tasks";

/** A file with the way to it from where it was dropped or listed. */
export interface PathedFile {
  path: string;
  bytes: () => Promise<Uint8Array>;
}

/**
 * A CSV or Parquet file's table; of a CSV all values are texts, so that an id `007` stays one.
 * @throws Fault `file-kind`, `file-damaged` naming the file
 */
export async function readTable({ path, bytes }: PathedFile): Promise<Table> {
  if (/\.parquet$/i.test(path)) {
    const converter = createConverter();
    try {
      await converter.load({ table: "given", file: path, format: "parquet", bytes: await bytes() });
      return tableFromArrow(await converter.query("select * from given"));
    } finally {
      converter.dispose();
    }
  }
  if (!/\.(csv|tsv|txt)$/i.test(path))
    throw new Fault("file-kind", `${path} is neither CSV, Parquet nor a run card`, {
      hint: "A team gives run cards (.run.json) or prediction files (.csv, .parquet); an organiser drops files of labels.",
      where: { file: path },
    });
  const { rows, columns, badRows } = readCsv(await bytes(), { role: "test", file: path, label: "id" });
  const [bad] = badRows;
  if (bad)
    throw new Fault("file-damaged", `Cannot read ${path}: line ${bad.line} ${bad.problem}`, {
      hint: "Every line has to be a row. Save the file again.",
      where: { file: path, line: bad.line },
    });
  return { rows, columns };
}
