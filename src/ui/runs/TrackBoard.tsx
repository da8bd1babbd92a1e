import { FolderOpen, Medal } from "lucide-react";
import { type Entry, risingTitle, type Standing, type TeamLine } from "../../runs";
import type { SplitName } from "../../tasks";
import { metricWords } from "../output/metricWords";
import { useApp } from "../pages/useApp";
import { IconButton } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { formatCountOf, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";

export interface TrackBoardProps {
  title: string;
  tasks: readonly { id: string; title: string; metric: string }[];
  split: SplitName;
  lines: readonly TeamLine[];
}

/** One track's teams, best average first. */
export function TrackBoard({ title, tasks, split, lines }: TrackBoardProps) {
  const id = `challenge-${title.toLowerCase()}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lines.length === 0 ? (
        <p className="muted">
          {split === "test"
            ? "No team has a score yet: that takes its prediction file and the labels of a task."
            : "No team has a score yet. Add run cards, or run a notebook on every task of the track."}
        </p>
      ) : (
        <ScrollBox className="runs-scroll" label={`${title}: teams by tasks`}>
          <table className="runs-table challenge-table tabular" aria-labelledby={id}>
            <thead>
              <tr>
                <th scope="col">Rank</th>
                <th scope="col">Team</th>
                <th scope="col" data-number>
                  Average
                </th>
                {tasks.map((task) => (
                  <th key={task.id} scope="col" data-number title={task.title}>
                    {task.id}
                    <small>{risingTitle(task.metric) ?? metricWords(task.metric).short}</small>
                  </th>
                ))}
                <th scope="col">Standing</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Line key={line.team} line={line} tasks={tasks} best={bestOf(lines)} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}

/** The best score of each task. */
function bestOf(lines: readonly TeamLine[]): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const { scores } of lines)
    for (const [task, { rising }] of scores) best.set(task, Math.max(rising.value, best.get(task) ?? 0));
  return best;
}

interface LineProps {
  line: TeamLine;
  tasks: TrackBoardProps["tasks"];
  best: ReadonlyMap<string, number>;
}

function Line({ line, tasks, best }: LineProps) {
  const { team, rank, tied, medal, average, missing, scores } = line;
  return (
    <tr>
      <td>
        <span className="challenge-rank" data-medal={medal}>
          {medal && <Medal aria-hidden size={16} strokeWidth={2} />}
          {rank}
          {medal && <span className="unseen">, {medal} medal</span>}
        </span>
        {tied && <small>tied</small>}
      </td>
      <th scope="row">
        {team}
        <Opener scores={scores} team={team} />
      </th>
      <td data-number>
        <strong>{formatScore(average.value)}</strong>
        <small>
          {formatScore(average.low)} – {formatScore(average.high)}
        </small>
        {missing.length > 0 && <small>{formatCountOf(missing.length, "task")} missing, as 0</small>}
      </td>
      {tasks.map(({ id }) => {
        const entry = scores.get(id);
        return (
          <td key={id} data-number data-best={entry && entry.rising.value === best.get(id) ? "" : undefined}>
            {entry ? (
              <>
                <span
                  title={`${formatScore(entry.rising.low)} to ${formatScore(entry.rising.high)}, from ${entry.from}`}
                >
                  {formatScore(entry.rising.value)}
                </span>
                {entry.standing.kind !== line.standing && <small>{STANDINGS[entry.standing.kind].short}</small>}
                {entry.standing.kind === "differs" && <small>here {formatScore(entry.standing.here)}</small>}
              </>
            ) : (
              <span className="muted">–</span>
            )}
          </td>
        );
      })}
      <td>
        <Chip title={STANDINGS[line.standing].title} tone={STANDINGS[line.standing].tone}>
          {STANDINGS[line.standing].short}
        </Chip>
      </td>
    </tr>
  );
}

const STANDINGS: Record<Standing["kind"], { short: string; title: string; tone?: string }> = {
  claimed: {
    short: "claimed",
    title: "What the team's run card says. Open its notebook and run it to see for yourself.",
  },
  reproduced: {
    short: "reproduced here",
    title: "The same notebook had this very score in this browser",
    tone: "--ready",
  },
  scored: { short: "reproduced here", title: "Scored in this tab from the team's predictions", tone: "--ready" },
  differs: { short: "differs here", title: "The same notebook had another score in this browser", tone: "--failed" },
};

/** Opens the notebook behind a line, where this browser keeps its card. */
function Opener({ scores, team }: { scores: ReadonlyMap<string, Entry>; team: string }) {
  const app = useApp();
  const kept = [...scores.values()].find((entry) => entry.kept !== undefined)?.kept;
  if (kept === undefined) return null;
  return (
    <IconButton
      small
      look="quiet"
      icon={FolderOpen}
      label={`Open the notebook of ${team}`}
      onClick={() => void app.runs.reopen(kept).catch(app.report)}
    />
  );
}
