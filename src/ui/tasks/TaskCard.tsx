import type { CatalogueEntry } from "../../tasks";
import { summaryOf } from "../explore/findTasks";
import { metricWords } from "../output/metricWords";
import { ModalityChip } from "../parts/Chip";
import { formatBytes, formatCount, formatScore, formatShare } from "../parts/format";
import "./tasks.css";
import type { TaskScores } from "./useTaskScores";

export interface TaskCardProps {
  task: CatalogueEntry;
  href: string;
  scores: TaskScores;
  /** A pointer or the focus is on it: its page is likely to be opened. */
  onNear: () => void;
}

/** A task in the gallery: enough to choose by, from the catalogue alone. */
export function TaskCard({ task, href, scores: { baseline, best }, onNear }: TaskCardProps) {
  const { rows, metric } = task;
  const { title, lowerIsBetter } = metricWords(metric);
  return (
    <a className="task-card" href={href} onPointerEnter={onNear} onFocus={onNear}>
      <span className="task-card-head">
        <strong>{task.title}</strong>
        {task.kind && <small>{task.kind}</small>}
      </span>
      {task.description && <span className="task-card-about">{summaryOf(task.description)}</span>}
      <span className="task-card-modalities">
        {task.modalities.map((modality) => (
          <ModalityChip key={modality} modality={modality} />
        ))}
      </span>
      <span className="task-card-facts tabular">
        <span>
          {formatCount(rows.train + rows.validation + rows.test)} {task.track === "matching" ? "pairs" : "rows"}
        </span>
        {task.positives !== undefined && <span>{formatShare(task.positives)} match</span>}
        {task.track === "classification" && <span>{formatCount(task.classes)} classes</span>}
        <span>{formatBytes(task.bytes)}</span>
      </span>
      <span className="task-card-score tabular">
        <span>
          {title}
          {lowerIsBetter && ", lower is better"}
        </span>
        {baseline !== undefined && <span>baseline {formatScore(baseline)}</span>}
        {best !== undefined && <b>yours {formatScore(best)}</b>}
      </span>
    </a>
  );
}
