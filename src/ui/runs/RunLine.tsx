import { Download, Ellipsis, FolderOpen, Star, Trash2 } from "lucide-react";
import { type BoardRow, type KeptRun, risingTitle } from "../../runs";
import { save } from "../import/save";
import { metricWords } from "../output/metricWords";
import { useApp } from "../pages/useApp";
import { Button, IconButton } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { EditableText } from "../parts/EditableText";
import { formatDifference, formatMs, formatScore } from "../parts/format";
import { Menu } from "../parts/Menu";

interface RunLineProps {
  row: BoardRow;
  chosen: boolean;
  /** Whether only runs of one task are shown, so that being best for its time says something. */
  ofOneTask: boolean;
  onChoose: () => void;
}

/** A score's line on the board. */
export function RunLine({ row, chosen, ofOneTask, onChoose }: RunLineProps) {
  const app = useApp();
  const { kept, run, lead, title, score, change } = row;
  const metric = lead.metrics[run.task.metric] ? run.task.metric : run.metric;
  return (
    <tr>
      <td>
        <label className="runs-choice">
          <input type="checkbox" aria-label={`Compare ${title}, ${lead.name}`} checked={chosen} onChange={onChoose} />
        </label>
      </td>
      <th scope="row">
        <EditableText
          value={title}
          ariaLabel="Name of the run"
          onChange={(name) => void app.runs.rename(kept.id, name).catch(app.report)}
        />
        <small>
          {run.task.id} · {lead.name}, {lead.title} {kept.claimed && <Chip>claimed</Chip>}
          {run.split !== "validation" && <Chip>{run.split}</Chip>}
          {ofOneTask && row.pareto && (
            <Chip title="No other run of this task is both better and faster">best for its time</Chip>
          )}
        </small>
      </th>
      <td data-number>
        <strong>{formatScore(score.value)}</strong>
        <small>
          {formatScore(score.low)} – {formatScore(score.high)}
        </small>
        <small>{risingTitle(metric) ?? metricWords(metric).short}</small>
      </td>
      <td data-number>
        {change === undefined ? "–" : formatDifference(change)}
        {row.baseline && <small>{row.baseline}</small>}
      </td>
      <td data-number>{formatMs(row.fitMs)}</td>
      <td data-number>{formatMs(row.predictMs)}</td>
      <td data-number>{new Date(run.made).toLocaleString()}</td>
      <td className="runs-tools">
        <IconButton
          small
          icon={Star}
          label={kept.starred ? "Take the star away" : "Star this run"}
          aria-pressed={kept.starred}
          onClick={() => void app.runs.star(kept.id, !kept.starred).catch(app.report)}
        />
        <IconButton
          small
          icon={FolderOpen}
          label="Open the notebook that made it"
          onClick={() => void app.runs.reopen(kept.id).catch(app.report)}
        />
        <RunMenu kept={kept} />
      </td>
    </tr>
  );
}

/** What else can be done with a run. */
export function RunMenu({ kept }: { kept: KeptRun }) {
  const app = useApp();
  const exportCard = async (): Promise<void> => {
    const { text, file } = await app.runs.card(kept.id);
    save(file, new Blob([text], { type: "application/json" }));
  };
  return (
    <Menu
      entries={[
        {
          label: "Open its notebook",
          icon: FolderOpen,
          onSelect: () => void app.runs.reopen(kept.id).catch(app.report),
        },
        { label: "Export run card", icon: Download, onSelect: () => void exportCard().catch(app.report) },
        { kind: "line" },
        {
          label: "Delete",
          icon: Trash2,
          danger: true,
          onSelect: () => void app.runs.remove([kept.id]).catch(app.report),
        },
      ]}
    >
      <Button small look="quiet" className="button-icon" icon={Ellipsis} aria-label="More about this run" />
    </Menu>
  );
}
