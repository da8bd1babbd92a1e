import type { Frame, PerSplit, Strength, ViewCells } from "../../tasks";
import {
  agreementCells,
  type ColumnProfile,
  drawingsOf,
  LEAK,
  measureShiftCells,
  strengthCells,
  valueShiftCells,
  valuesCells,
} from "../../tasks";
import { formatCount } from "../parts/format";
import type { Drawn } from "./drawn";
import { DataTable } from "./FactTable";
import { MeasureDetail } from "./MeasureDrawing";
import { NotebookButton } from "./NotebookButton";
import { PictureDetail } from "./PictureDetail";
import { pickValue } from "./pickValue";
import type { Known } from "./profileStore";
import { TextDetail } from "./TextDetail";
import type { PictureSample } from "./usePictures";
import { listedValues, ValueBars, valuesWords } from "./ValueBars";
import { shiftTitle, strengthWords } from "./words";

const MOST_VALUES = 24;

/** Everything about one column: what its card leaves out. */
export function ProfileDetail({
  profile,
  drawn,
  strength,
  pictures,
}: {
  profile: ColumnProfile;
  drawn: Drawn;
  strength: Known<Strength | undefined> | undefined;
  pictures: PictureSample | undefined;
}) {
  const { frame } = drawn;
  return (
    <div className="profile-detail">
      {drawingsOf(profile).map((drawing, i) => (
        <MeasureDetail key={drawing.measure.kind} drawing={drawing} counts={drawn.counts?.[i]} drawn={drawn} />
      ))}
      {profile.modality === "categorical" && <Values profile={profile} drawn={drawn} />}
      {profile.modality === "text" && <TextDetail profile={profile} drawn={drawn} />}
      {profile.modality === "image" && <PictureDetail profile={profile} drawn={drawn} sample={pictures} />}
      <section className="detail-part" aria-label={`How ${profile.column.name} stands`}>
        <ul className="detail-notes">
          <Notes profile={profile} strength={strength} />
        </ul>
        <div className="detail-actions">
          {strength?.status === "ready" && strength.value && (
            <NotebookLine
              frame={frame}
              words="The lookup's score"
              column={profile.column.name}
              strength={strength.value}
            />
          )}
          <span>
            The shift between the splits <NotebookButton frame={frame} cells={() => shiftCellsOf(frame, profile)} />
          </span>
          {profile.pairs && (
            <span>
              Both sides by label <NotebookButton frame={frame} cells={() => agreementCells(frame, profile.column)} />
            </span>
          )}
        </div>
      </section>
    </div>
  );
}

function NotebookLine({
  frame,
  words,
  column,
  strength,
}: {
  frame: Frame;
  words: string;
  column: string;
  strength: Strength;
}) {
  return (
    <span>
      {words} <NotebookButton frame={frame} cells={() => strengthCells(column, strength)} />
    </span>
  );
}

function shiftCellsOf(frame: Frame, profile: ColumnProfile): ViewCells | undefined {
  return profile.modality === "categorical"
    ? valueShiftCells(frame, profile.column, profile.values)
    : measureShiftCells(frame, drawingsOf(profile)[0]);
}

function Notes({ profile, strength }: { profile: ColumnProfile; strength: Known<Strength | undefined> | undefined }) {
  const shift = profile.modality === "categorical" ? profile.values.shift : drawingsOf(profile)[0].histogram?.shift;
  return (
    <>
      {strength?.status === "ready" && strength.value && (
        <li>
          {strengthWords(strength.value)}
          {strength.value.score >= LEAK && " That is near perfect: look whether the column was made from the label."}
        </li>
      )}
      {strength?.status === "failed" && <li>{strength.fault.message}</li>}
      {(["validation", "test"] as const).map((split) => {
        const found = shift?.[split];
        return (
          found && (
            <li key={split}>
              {split} against train: <b>{found.word}</b>. {shiftTitle(found)}.
            </li>
          )
        );
      })}
    </>
  );
}

function Values({ profile, drawn }: { profile: Extract<ColumnProfile, { modality: "categorical" }>; drawn: Drawn }) {
  const { column, values } = profile;
  const counts = drawn.counts?.[0];
  const { onFilter, frame } = drawn;
  const listed = listedValues(values, MOST_VALUES);
  return (
    <section className="detail-part" aria-label={`Values of ${column.name}`}>
      <header className="detail-head">
        <h4>Values</h4>
        <NotebookButton frame={frame} cells={() => valuesCells(frame, column, listed, counts && drawn.classes)} />
      </header>
      <ValueBars
        summary={valuesWords(column.name, values)}
        profile={values}
        most={MOST_VALUES}
        classes={counts && drawn.classNames && { counts, names: drawn.classNames }}
        onPick={onFilter && ((picked) => onFilter(pickValue(column, picked, listed)))}
      />
      <DataTable
        caption={`Rows by ${column.name}`}
        head={["value", "train", "validation", "test"]}
        rows={[
          ...values.values.map(({ value, rows }) => [value, ...numbers(rows)]),
          ...(values.other.values > 0 ? [[`${values.other.values} other values`, ...numbers(values.other.rows)]] : []),
          ["missing", ...numbers(values.missing)],
          ["distinct values", ...numbers(values.distinct)],
          [
            "rows with a value new to train",
            "0",
            formatCount(values.unseen.validation),
            formatCount(values.unseen.test),
          ],
        ]}
      />
    </section>
  );
}

function numbers(rows: PerSplit<number>): string[] {
  return [rows.train, rows.validation, rows.test].map(formatCount);
}
