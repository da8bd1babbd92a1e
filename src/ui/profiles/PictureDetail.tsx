import type { ColumnProfile, PerSplit, PictureFacts } from "../../tasks";
import { colourCells, factCells, thumbnailCells } from "../../tasks";
import { formatCount, formatShare } from "../parts/format";
import { ClassFacts } from "./ClassFacts";
import type { Drawn } from "./drawn";
import { FactTable } from "./FactTable";
import { NotebookButton } from "./NotebookButton";
import { ColourStrip, Thumbnails, ThumbnailsByClass } from "./Pictures";
import type { PictureSample } from "./usePictures";
import { className } from "./words";

const MOST_SHOWN = 48;
const MOST_OF_CLASS = 12;

/** What the pictures of a column are: sizes, repeats, broken ones, colours, and a few to look at. */
export function PictureDetail({
  profile,
  drawn,
  sample,
}: {
  profile: Extract<ColumnProfile, { modality: "image" }>;
  drawn: Drawn;
  sample: PictureSample | undefined;
}) {
  const { column, facts, rows } = profile;
  const { frame, classes, facts: byClass } = drawn;
  const { sizes, oneIn } = facts;
  const matching = frame.track === "matching";
  return (
    <section className="detail-part" aria-label={`Pictures of ${column.name}`}>
      <header className="detail-head">
        <h4>Pictures</h4>
        <NotebookButton frame={frame} cells={() => factCells(frame, profile, byClass && classes)} />
      </header>
      {byClass ? (
        <ClassFacts
          caption="What the pictures are, by class"
          facts={byClass}
          names={byClass.groups.map((name) => className(name, matching))}
        />
      ) : (
        <SplitFacts facts={facts} rows={rows} />
      )}
      {(sizes.length > 8 || oneIn > 1) && (
        <p className="muted">
          {sizes.length > 8 && `The 8 most frequent of ${formatCount(sizes.length)} sizes. `}
          {oneIn > 1 && `Headers were read of one in ${oneIn} distinct pictures.`}
        </p>
      )}
      {sample && (
        <>
          <div className="detail-with">
            <ColourStrip sample={sample} />
            <NotebookButton
              iconOnly
              what="the mean colours"
              frame={frame}
              cells={() => colourCells(frame, column, sample.pictures.length)}
            />
          </div>
          {sample.undecodable > 0 && (
            <p className="muted">
              {formatCount(sample.undecodable)} of {formatCount(sample.pictures.length)} looked at have no colour:
              damaged, or transparent throughout.
            </p>
          )}
          {sizes.some((size) => size.width === undefined) && sample.sizes.length > 0 && (
            <p className="muted">
              Of {formatCount(sample.pictures.length)} looked at:{" "}
              {sample.sizes
                .slice(0, 4)
                .map(({ words, count }) => `${formatCount(count)} of ${words} px`)
                .join(", ")}
              .
            </p>
          )}
          <div className="detail-with">
            {byClass && classes && !matching ? (
              <ThumbnailsByClass sample={sample} classes={classes.names} most={MOST_OF_CLASS} />
            ) : (
              <Thumbnails sample={sample} most={MOST_SHOWN} />
            )}
            <NotebookButton
              iconOnly
              what="these pictures"
              frame={frame}
              cells={() => thumbnailCells(frame, column, MOST_SHOWN)}
            />
          </div>
        </>
      )}
    </section>
  );
}

function SplitFacts({ facts, rows }: { facts: PictureFacts; rows: PerSplit<number> }) {
  const { present, distinct, inTrain, broken, sizes } = facts;
  const splits = ["train", "validation", "test"] as const;
  const share = (part: number, whole: number): string => formatShare(whole > 0 ? part / whole : 0);
  const lines: [string, ...string[]][] = [
    ["missing", ...splits.map((split) => formatCount(rows[split] - present[split]))],
    ["distinct", ...splits.map((split) => formatCount(distinct[split]))],
    [
      "repeat another row of the split",
      ...splits.map((split) => share(present[split] - distinct[split], present[split])),
    ],
    ["occur in train byte for byte", "–", ...splits.slice(1).map((split) => share(inTrain[split], present[split]))],
    ["broken (no known header)", ...splits.map((split) => formatCount(broken[split]))],
    ...sizes
      .slice(0, 8)
      .map((size): [string, ...string[]] => [
        size.width === undefined
          ? size.format.toUpperCase()
          : `${size.format.toUpperCase()}, ${size.width} × ${size.height}`,
        ...splits.map((split) => formatCount(size.rows[split])),
      ]),
  ];
  return <FactTable caption="What the pictures are, by split" head={["", ...splits]} rows={lines} />;
}
