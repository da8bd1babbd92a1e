import { LEAK, type SampleFacts } from "../../tasks";
import { formatCount, formatScore, formatShare } from "../parts/format";
import { classColour } from "../profiles/classColour";
import "./lines.css";

/** More would be a second page beside the cell. */
const MOST_SHOWN = 12;

export interface FeatureFactsProps {
  features: readonly { name: string; facts: SampleFacts }[];
  stale?: boolean;
}

/** What each feature looks like by class, and what it tells alone: a bad idea shows before anything is trained. */
export function FeatureFacts({ features, stale }: FeatureFactsProps) {
  if (features.length === 0) return null;
  const [{ facts }] = features;
  return (
    <section className="facts" aria-label="Features by class" data-stale={stale || undefined}>
      <p className="preview-head">
        <span className="overline">By class</span>
        <span className="muted">first {formatCount(facts.rows + facts.missing)} rows</span>
      </p>
      <ul className="facts-classes" aria-hidden="true">
        {facts.classes.map((name, place) => (
          <li key={name}>
            <span style={{ background: classColour(facts.classes, place) }} />
            {name}
          </li>
        ))}
      </ul>
      <ul className="facts-list">
        {features.slice(0, MOST_SHOWN).map((feature) => (
          <Feature key={feature.name} {...feature} />
        ))}
      </ul>
      {features.length > MOST_SHOWN && (
        <p className="muted facts-more">and {formatCount(features.length - MOST_SHOWN)} more</p>
      )}
    </section>
  );
}

function Feature({ name, facts }: { name: string; facts: SampleFacts }) {
  const { strength, missing, rows } = facts;
  return (
    <li>
      <span className="facts-name truncate" title={name}>
        {name}
        {missing > 0 && <small>{formatShare(missing / (missing + rows))} missing</small>}
      </span>
      <Bars name={name} facts={facts} />
      {strength ? (
        <span
          className="facts-strength tabular"
          title={`This feature alone tells the classes apart with a balanced accuracy of ${formatScore(strength.score, 2)}; guessing reaches ${formatScore(strength.chance, 2)}.`}
        >
          <span
            className="facts-track"
            role="img"
            aria-label={`${formatScore(strength.score, 2)} alone, guessing reaches ${formatScore(strength.chance, 2)}`}
          >
            <span style={{ width: `${100 * strength.score}%` }} data-leak={strength.score >= LEAK || undefined} />
            <i style={{ left: `${100 * strength.chance}%` }} />
          </span>
          <b>{formatScore(strength.score, 2)}</b>
        </span>
      ) : (
        <span className="muted facts-strength">not weighed</span>
      )}
    </li>
  );
}

function Bars({ name, facts: { bars, counts, classes } }: { name: string; facts: SampleFacts }) {
  const totals = bars.map((_, bar) => counts.reduce((sum, each) => sum + each[bar], 0));
  const most = Math.max(...totals, 1);
  return (
    <svg
      className="facts-bars"
      viewBox={`0 0 ${bars.length} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${name} from ${bars[0]} to ${bars.at(-1)}, by class`}
    >
      {bars.map((words, bar) => {
        let top = 100;
        return (
          <g key={words}>
            <title>{`${words}: ${formatCount(totals[bar])} rows`}</title>
            {counts.map((each, place) => {
              const height = (100 * each[bar]) / most;
              top -= height;
              return (
                <rect
                  key={classes[place]}
                  x={bar + 0.05}
                  y={top}
                  width={0.9}
                  height={height}
                  fill={classColour(classes, place)}
                />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
