import type { ReactNode } from "react";
import { classesOf, type TaskManifest } from "../../tasks";
import { metricWords } from "../output/metricWords";
import { Chip, ModalityChip } from "../parts/Chip";
import { formatCountOf, formatScore } from "../parts/format";
import "./tasks.css";
import type { TaskScores } from "./useTaskScores";

/** The title of a task's page: what it is, what is predicted, from what, and how it is measured. */
export function TaskHeader({
  manifest,
  scores,
  actions,
}: {
  manifest: TaskManifest;
  scores?: TaskScores;
  actions?: ReactNode;
}) {
  const modalities = [...new Set(manifest.columns.map((column) => column.modality))];
  const metric = metricWords(manifest.metric);
  const classes = classesOf(manifest);
  return (
    <header className="task-header">
      <div className="task-header-words">
        <p className="task-kind">
          <Chip>{manifest.track}</Chip>
          {manifest.kind && <Chip>{manifest.kind} match</Chip>}
          <code>{manifest.id}</code>
        </p>
        <h1>{manifest.title}</h1>
        <dl className="task-facts">
          <div>
            <dt>Predict</dt>
            <dd>
              {manifest.track === "matching"
                ? "whether two records are the same"
                : `${manifest.label.column}, one of ${formatCountOf(classes.length, "class", "classes")}`}
            </dd>
          </div>
          <div>
            <dt>From</dt>
            <dd className="task-modalities">
              {modalities.map((modality) => (
                <ModalityChip key={modality} modality={modality} />
              ))}
            </dd>
          </div>
          <div>
            <dt>Measured by</dt>
            <dd>
              {metric.title}
              <span className="muted">, {metric.lowerIsBetter ? "lower" : "higher"} is better</span>
            </dd>
          </div>
          {scores && (scores.baseline !== undefined || scores.best !== undefined) && (
            <div>
              <dt>Best so far</dt>
              <dd className="tabular">
                {scores.best !== undefined && <b>yours {formatScore(scores.best)}</b>}
                {scores.best !== undefined && scores.baseline !== undefined && ", "}
                {scores.baseline !== undefined && `baseline ${formatScore(scores.baseline)}`}
                <span className="muted"> on validation</span>
              </dd>
            </div>
          )}
        </dl>
      </div>
      {actions && <div className="task-actions">{actions}</div>}
    </header>
  );
}
