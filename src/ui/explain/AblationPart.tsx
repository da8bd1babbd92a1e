import type { Explanation } from "../../cells";
import { metricWords } from "../output/metricWords";
import { ScorePart } from "../output/ScorePart";
import { VERDICT_ICONS } from "../output/Verdicts";
import { formatDifference, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";

/** The whole model is compared with the one without: told of that one, it is the other way round. */
const WITHOUT = { better: "worse", worse: "better", "no difference seen": "no difference seen" } as const;

export interface AblationPartProps {
  value: Explanation;
  ablation: NonNullable<Explanation["ablation"]>;
  onQuery?: () => void;
}

/** The model fitted anew without what each modality says. */
export function AblationPart({ value, ablation, onQuery }: AblationPartProps) {
  const { of, metric, split } = value;
  const { title } = metricWords(metric);
  const items = [...ablation.items].sort(
    (a, b) => Math.abs(b.change.difference.value) - Math.abs(a.change.difference.value),
  );
  const words = `${of} fitted again with a modality's columns dealt out to other rows, in training too, so that they say nothing. What is lost then is what the others cannot make up for. Scored on ${split}; 95 % paired bootstrap.`;
  return (
    <ScorePart title="What each modality adds" words={words} onQuery={onQuery}>
      <ScrollBox className="explain-scroll" label="What each modality adds">
        <table className="explain-table tabular">
          <thead>
            <tr>
              <th scope="col">Without</th>
              <th scope="col" data-number>
                {title}
              </th>
              <th scope="col" data-number>
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">nothing: all of {of}</th>
              <td data-number>{formatScore(ablation.score.value)}</td>
              <td />
            </tr>
            {items.map(({ name, columns, score, change }) => {
              const { value: difference, low, high } = change.difference;
              const Icon = VERDICT_ICONS[WITHOUT[change.verdict]];
              return (
                <tr key={name} data-seen={change.verdict !== "no difference seen" || undefined}>
                  <th scope="row">
                    {name}
                    <small>{columns.join(", ")}</small>
                  </th>
                  <td data-number>{formatScore(score.value)}</td>
                  <td
                    data-number
                    title={`All of ${of} is ${change.verdict === "no difference seen" ? "no better or worse" : change.verdict}`}
                  >
                    <Icon aria-hidden size={13} /> {formatDifference(-difference)}
                    <small>
                      {formatDifference(-high)} to {formatDifference(-low)}
                    </small>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </ScorePart>
  );
}
