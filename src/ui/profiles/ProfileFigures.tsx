import type { ColumnProfile, PerSplit, RowFilter, Strength } from "../../tasks";
import { drawingsOf, missingFilter } from "../../tasks";
import { formatBytes, formatCount, formatShare } from "../parts/format";
import type { Known } from "./profileStore";
import { ShiftWords } from "./ShiftWords";
import { StrengthBar } from "./StrengthBar";
import { shortNumber } from "./words";

/** The few figures that stand for a column, how the splits compare in it, and what it gives alone. */
export function ProfileFigures({
  profile,
  strength,
  onFilter,
}: {
  profile: ColumnProfile;
  /** `none` where nobody asks for it. */
  strength: Known<Strength | undefined> | "none" | undefined;
  onFilter?: (filter: RowFilter) => void;
}) {
  const missing = missingOf(profile);
  const rows = profile.rows.train;
  const [first, ...others] = figuresOf(profile);
  const shift = profile.modality === "categorical" ? profile.values.shift : drawingsOf(profile)[0].histogram?.shift;
  return (
    <div className="profile-figures">
      <dl className="figures tabular">
        <Figure {...first} />
        <div className="figure" data-none={missing === 0 || undefined}>
          <dt>missing</dt>
          <dd>
            {missing > 0 && onFilter ? (
              <button type="button" className="figure-pick" onClick={() => onFilter(missingFilter(profile.column))}>
                {formatShare(missing / Math.max(1, rows))}
              </button>
            ) : (
              formatShare(missing / Math.max(1, rows))
            )}
          </dd>
        </div>
        {others.map((figure) => (
          <Figure key={figure.name} {...figure} />
        ))}
      </dl>
      {shift && <ShiftWords shift={shift} />}
      {strength !== "none" && <StrengthBar strength={strength} />}
    </div>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Rows of train without a value. */
export function missingOf(profile: ColumnProfile): number {
  switch (profile.modality) {
    case "categorical":
      return profile.values.missing.train;
    case "numeric":
    case "text":
    case "image": {
      const { train } = drawingsOf(profile)[0].summary;
      return train.rows - train.present;
    }
  }
}

function figuresOf(profile: ColumnProfile): { name: string; value: string }[] {
  switch (profile.modality) {
    case "numeric": {
      const { quantiles, mean, distinct } = profile.value.summary.train;
      return [
        { name: "median", value: shortNumber(quantiles[3]) },
        { name: "mean", value: shortNumber(mean) },
        { name: "distinct", value: formatCount(distinct) },
      ];
    }
    case "categorical":
      return [
        { name: "distinct", value: formatCount(profile.values.distinct.train) },
        ...(profile.rows.test > 0
          ? [{ name: "new in test", value: shareOf(profile.values.unseen.test, present(profile.values)) }]
          : []),
      ];
    case "text": {
      const { train } = profile.facts;
      return [
        { name: "words, median", value: shortNumber(profile.words.summary.train.quantiles[3]) },
        { name: "distinct", value: formatCount(train.distinct) },
        { name: "repeated", value: shareOf(train.present - train.distinct, train.present) },
      ];
    }
    case "image": {
      const { facts, bytes } = profile;
      const size = facts.sizes.find((each) => each.width !== undefined);
      const sizes = facts.sizes.length > 1 ? ` +${facts.sizes.length - 1}` : "";
      return [
        { name: "pixels", value: size ? `${size.width} × ${size.height}${sizes}` : "–" },
        { name: "file size", value: formatBytes(bytes.summary.train.quantiles[3]) },
        { name: "repeated", value: shareOf(facts.present.train - facts.distinct.train, facts.present.train) },
      ];
    }
  }
}

function present({ rows, missing }: { rows: PerSplit<number>; missing: PerSplit<number> }): number {
  return rows.test - missing.test;
}

function shareOf(part: number, whole: number): string {
  return whole > 0 ? formatShare(part / whole) : "–";
}
