import { findWeakSlices, type RowPick, type ScoreEntry } from "../../cells";
import { FALSE_SHARE, LEAST_ROWS, sliceWords, type WeakSlice } from "../../scoring";
import { IntervalBar } from "../output/IntervalBar";
import type { Score } from "../output/scoreWords";
import { useApp, useAsked } from "../pages/useApp";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount, formatShare } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import { identityOf } from "./identity";
import type { Scored } from "./useScored";

export interface WeakSlicesViewProps {
  value: Score;
  entry: ScoreEntry;
  scored: Scored;
  picked: RowPick | undefined;
  onPick: (pick: RowPick) => void;
}

/** Where a model is wrong more often than elsewhere, each with the way to its rows. */
export function WeakSlicesView({ value, entry, scored, picked, onPick }: WeakSlicesViewProps) {
  const app = useApp();
  const asked = useAsked(
    [entry, ...scored.features.map((feature) => feature.value)].map(identityOf).join(" "),
    async (signal) => {
      const table = await app.tasks.loaded()?.split(value.split, signal);
      if (!table) return undefined;
      return findWeakSlices({ value, entry, manifest: scored.manifest, table, features: scored.features }, signal);
    },
  );
  if (asked.status === "failed") return <FaultView fault={asked.fault} />;
  if (asked.status === "loading" || !asked.value) return <Skeleton lines={4} />;
  const { slices, tried } = asked.value;
  const words = `Tried: ${formatCount(tried)} slices of ${LEAST_ROWS} rows or more, by value, number, word, topic (words that stand together), length and what is missing. Told are those whose errors beat chance by Fisher's exact test, corrected for all that were tried (Benjamini and Hochberg): of those told at most ${formatShare(FALSE_SHARE)} is to be expected to be chance. The ranges allow for the picking too.`;
  if (slices.length === 0)
    return (
      <>
        <p>No slice stands out: nowhere is {entry.name} wrong more often than chance explains.</p>
        <p className="muted analysis-note">{words}</p>
      </>
    );
  const top = Math.max(...slices.map(({ share }) => share.high));
  return (
    <>
      <ScrollBox className="analysis-scroll" label="Suggested slices">
        <table className="analysis-table tabular">
          <thead>
            <tr>
              <th scope="col">Slice</th>
              <th scope="col" data-number>
                Rows
              </th>
              <th scope="col" data-number>
                Wrong
              </th>
              <th scope="col" className="analysis-range" />
              <th scope="col" data-number>
                Elsewhere
              </th>
            </tr>
          </thead>
          <tbody>
            {slices.map((slice) => (
              <SliceRow
                key={sliceWords(slice.rule)}
                slice={slice}
                top={top}
                chosen={picked?.kind === "slice" && picked.rule === slice.rule}
                onOpen={() => onPick({ kind: "slice", rule: slice.rule })}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="muted analysis-note">{words}</p>
    </>
  );
}

function SliceRow({
  slice,
  top,
  chosen,
  onOpen,
}: {
  slice: WeakSlice;
  top: number;
  chosen: boolean;
  onOpen: () => void;
}) {
  const { rule, rows, wrong, share, outside } = slice;
  return (
    <tr data-chosen={chosen || undefined}>
      <th scope="row">
        <button type="button" className="link-button" aria-pressed={chosen} onClick={onOpen}>
          {sliceWords(rule)}
        </button>
      </th>
      <td data-number>{formatCount(rows)}</td>
      <td data-number title={`${formatCount(wrong)} of ${formatCount(rows)}`}>
        {formatShare(share.value)}
      </td>
      <td className="analysis-range">
        <IntervalBar interval={share} scale={{ from: 0, to: top }} />
      </td>
      <td data-number>{formatShare(outside)}</td>
    </tr>
  );
}
