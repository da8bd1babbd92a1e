import { Fault } from "../base";
import { type CellValue, predictedClass, type TaskData } from "../cells";
import { createConverter } from "../data";
import { predictionCsv, predictionTable } from "../runs";
import { tableToArrow } from "../table";

export type PredictionFormat = "csv" | "parquet";

/**
 * A model cell's predictions of the test split as a file for the organiser: checked first, so that what is not whole is
 * never written. It is called `<notebook>.<task>.csv`, by which the challenge page knows whose it is and of what.
 * @throws Fault `predictions`, `not-predictions`
 */
export async function predictionFile(
  { cell, title, value, data }: { cell: string; title: string; value: CellValue; data: TaskData },
  format: PredictionFormat,
): Promise<{ file: string; bytes: Uint8Array }> {
  if (value.kind !== "predictions")
    throw new Fault("not-predictions", `"${cell}" is a ${value.kind} cell, and only model cells predict`);
  const { classes, threshold } = value;
  const probabilities = value.probabilities.test;
  const ids = (await data.ids("test")).map((id) => {
    if (id !== null) return id;
    throw new Fault("predictions", `A row of the test split of ${data.manifest.id} has no id`);
  });
  const predicted = Int32Array.from(ids, (_, row) =>
    predictedClass(probabilities, classes.length, row, threshold?.value),
  );
  const table = predictionTable({ ids, classes, predicted, probabilities }, cell);
  const stem = title.replace(/[^\p{L}\p{N}]+/gu, " ").trim() || "predictions";
  const file = `${stem}.${data.manifest.id}.${format}`;
  if (format === "csv") return { file, bytes: new TextEncoder().encode(predictionCsv(table)) };
  const converter = createConverter();
  try {
    await converter.put("predictions", await tableToArrow(table));
    return { file, bytes: (await converter.parquet("select * from predictions")).bytes };
  } finally {
    converter.dispose();
  }
}
