import type { ReactNode } from "react";
import { classesOf, type TaskManifest } from "../../tasks";
import { metricWords } from "../output/metricWords";
import { Chip, ModalityChip } from "../parts/Chip";
import { formatCountOf } from "../parts/format";
import "./tasks.css";

/** The title of a task's page: what it is, what is predicted, from what, and how it is measured. */
export function TaskHeader({ manifest, actions }: { manifest: TaskManifest; actions?: ReactNode }) {
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
        </dl>
      </div>
      {actions && <div className="task-actions">{actions}</div>}
    </header>
  );
}
