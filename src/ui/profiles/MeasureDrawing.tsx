import {
  binFilter,
  type ClassCounts,
  histogramCells,
  type MeasureProfile,
  measureWords,
  summaryCells,
} from "../../tasks";
import { formatCount } from "../parts/format";
import { BinBars } from "./BinBars";
import { ClassMultiples } from "./ClassMultiples";
import type { Drawn } from "./drawn";
import { DataTable, FactTable } from "./FactTable";
import { NotebookButton } from "./NotebookButton";
import { binNames, histogramWords, shortNumber } from "./words";

/** The histogram of a measure, small enough for a list. */
export function MeasureBars({
  drawing,
  counts,
  drawn,
  tall,
}: {
  drawing: MeasureProfile;
  counts: ClassCounts | undefined;
  drawn: Drawn;
  tall?: boolean;
}) {
  const { histogram, measure, summary } = drawing;
  const words = histogramWords(measureWords(measure), summary.train);
  if (!histogram) return <p className="muted">No split has a value.</p>;
  const { bins } = histogram;
  const names = binNames(bins);
  const { onFilter } = drawn;
  const unit = { value: "", length: " letters", words: " words", bytes: " bytes" }[measure.kind];
  return (
    <BinBars
      summary={words}
      names={names}
      counts={histogram.counts}
      classes={counts && drawn.classNames && { counts, names: drawn.classNames }}
      low={bins.openLow ? names[0] : shortNumber(bins.edges[0])}
      high={`${names[names.length - 1].split(" to ").pop()}${unit}`}
      tall={tall}
      onPick={
        onFilter &&
        ((bin) => {
          const filter = binFilter(drawing, bin, shortNumber);
          if (filter) onFilter(filter);
        })
      }
    />
  );
}

/** A measure in full: the histogram, the classes beside each other, the numbers. */
export function MeasureDetail({
  drawing,
  counts,
  drawn,
}: {
  drawing: MeasureProfile;
  counts: ClassCounts | undefined;
  drawn: Drawn;
}) {
  const { histogram, measure } = drawing;
  if (!histogram) return null;
  const names = binNames(histogram.bins);
  const title =
    measure.kind === "value"
      ? "Distribution"
      : { length: "Length", words: "Words", bytes: "Size in bytes" }[measure.kind];
  return (
    <section className="detail-part" aria-label={`${title} of ${measure.column.name}`}>
      <header className="detail-head">
        <h4>{title}</h4>
        <NotebookButton
          frame={drawn.frame}
          cells={() => histogramCells(drawn.frame, drawing, counts && drawn.classes)}
        />
      </header>
      <MeasureBars drawing={drawing} counts={counts} drawn={drawn} tall />
      {counts && drawn.classNames && <ClassMultiples counts={counts} names={drawn.classNames} bins={names} />}
      <div className="detail-with">
        <SummaryTable drawing={drawing} />
        <NotebookButton
          iconOnly
          what="these numbers"
          frame={drawn.frame}
          cells={() => summaryCells(drawn.frame, drawing, counts && drawn.classes)}
        />
      </div>
      <DataTable
        caption={`Rows by ${measureWords(measure)}`}
        head={[title, ...(counts && drawn.classNames ? drawn.classNames : ["train", "validation", "test"])]}
        rows={names.map((name, bin) => [
          name,
          ...(counts
            ? counts.map((rows) => formatCount(rows[bin]))
            : [histogram.counts.train, histogram.counts.validation, histogram.counts.test].map((rows) =>
                formatCount(rows[bin]),
              )),
        ])}
      />
    </section>
  );
}

const COLUMNS = [
  "rows",
  "missing",
  "distinct",
  "least",
  "5 %",
  "25 %",
  "median",
  "75 %",
  "95 %",
  "most",
  "mean",
  "deviation",
];

/** Quantiles, mean and deviation of every split. */
function SummaryTable({ drawing: { summary, measure } }: { drawing: MeasureProfile }) {
  return (
    <FactTable
      caption={`${measureWords(measure)}: quantiles by split`}
      head={["", ...COLUMNS]}
      rows={(["train", "validation", "test"] as const).map((split) => {
        const { rows, present, distinct, min, max, mean, deviation, quantiles } = summary[split];
        const counts = [rows, rows - present, distinct].map(formatCount);
        return [split, ...counts, ...[min, ...quantiles.slice(1, 6), max, mean, deviation].map(shortNumber)];
      })}
    />
  );
}
