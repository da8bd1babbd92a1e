import type { PerSplit, PictureFacts } from "../../tasks";
import { formatCount, formatShare } from "../parts/format";
import { FactTable } from "./FactTable";
import { ColourStrip, Thumbnails } from "./Pictures";
import type { PictureSample } from "./usePictures";

/** What the pictures of a column are: sizes, repeats, broken ones, colours, and a few to look at. */
export function PictureDetail({
  facts,
  rows,
  sample,
}: {
  facts: PictureFacts;
  rows: PerSplit<number>;
  sample: PictureSample | undefined;
}) {
  const { present, distinct, inTrain, broken, sizes, oneIn } = facts;
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
  return (
    <section className="detail-part" aria-label="Pictures">
      <header className="detail-head">
        <h4>Pictures</h4>
      </header>
      <FactTable caption="What the pictures are, by split" head={["", ...splits]} rows={lines} />
      {(sizes.length > 8 || oneIn > 1) && (
        <p className="muted">
          {sizes.length > 8 && `The 8 most frequent of ${formatCount(sizes.length)} sizes. `}
          {oneIn > 1 && `Headers were read of one in ${oneIn} distinct pictures.`}
        </p>
      )}
      {sample && (
        <>
          <ColourStrip sample={sample} />
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
          <Thumbnails sample={sample} most={48} />
        </>
      )}
    </section>
  );
}
