import type { ChallengeState } from "../../app";
import { formatCountOf } from "../parts/format";

/** What came, what waits for what, and what could not be used and why. */
export function ChallengeFiles({ challenge }: { challenge: ChallengeState }) {
  const { waiting, labels, problems } = challenge;
  return (
    <>
      {problems.length > 0 && (
        <section aria-labelledby="challenge-problems">
          <h2 id="challenge-problems">Left out</h2>
          <ul className="challenge-files">
            {problems.map(({ file, message, hint }) => (
              <li key={`${file} ${message}`}>
                {message}.{hint && <small>{hint}</small>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {(waiting.length > 0 || labels.length > 0) && (
        <section aria-labelledby="challenge-given">
          <h2 id="challenge-given">Files</h2>
          <ul className="challenge-files">
            {labels.map(({ task, file, rows }) => (
              <li key={task}>
                Labels of {task}: {formatCountOf(rows, "row")} <small>{file}</small>
              </li>
            ))}
            {waiting.map(({ team, task, file, rows }) => (
              <li key={`${team} ${task}`}>
                {team} on {task}: {formatCountOf(rows, "prediction")}, checked; its score waits for the labels
                <small>{file}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="challenge-how">
        <h2 id="challenge-how">How to take part</h2>
        <ul className="challenge-how">
          <li>
            <strong>With a run card.</strong> Run your notebook on every task, and export the run’s card on the Board.
            It carries the notebook, so that others can run it: until somebody does, its scores are claimed.
          </li>
          <li>
            <strong>With prediction files.</strong> A model cell saves its predictions of the test split as CSV or
            Parquet: <code>id</code>, <code>prediction</code> and a column <code>p_…</code> for each class. Name them{" "}
            <code>team.task.csv</code>, or put them into a folder of your team.
          </li>
          <li>
            <strong>As the organiser.</strong> Drop the folders of all teams here, and then the test labels (
            <code>id</code> and <code>label</code>), in a folder named after the task or as{" "}
            <code>task.test-labels.csv</code>. Or list them all in <code>challenge.json</code> beside this page.
          </li>
          <li>
            <strong>How it is ranked.</strong> By the average over all tasks of the track, of which one without a score
            counts as 0. Equal averages share their rank and medal, and the next rank stays free. Of several files of
            one team for one task the last counts.
          </li>
        </ul>
      </section>
    </>
  );
}
