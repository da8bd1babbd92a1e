import { FileInput } from "lucide-react";
import { useRef, useState } from "react";
import type { ChallengeState } from "../../app";
import { challengeBoard } from "../../runs";
import type { SplitName, Track } from "../../tasks";
import { Switch } from "../explore/Switch";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { ChallengeFiles } from "./ChallengeFiles";
import { TrackBoard } from "./TrackBoard";
import "./runs.css";
import "./challenge.css";

const SPLITS = { validation: "validation", test: "test (final)" } as const satisfies Partial<Record<SplitName, string>>;
type BoardSplit = keyof typeof SPLITS;
const TRACKS: { track: Track; title: string }[] = [
  { track: "classification", title: "Classification" },
  { track: "matching", title: "Matching" },
];

/** Who has the better algorithm: teams by tasks, each track by its average. */
export function ChallengePage() {
  const challenge = useAppState((state) => state.challenge);
  if (!challenge) return <Skeleton lines={8} />;
  return <Challenge challenge={challenge} />;
}

function Challenge({ challenge }: { challenge: ChallengeState }) {
  const [chosen, setChosen] = useState<BoardSplit>();
  const { entries, tracks } = challenge;
  // The final board as soon as there is one.
  const split = chosen ?? (entries.some((entry) => entry.split === "test") ? "test" : "validation");
  const words = Object.entries(SPLITS).find(([name]) => name === split)?.[1] ?? SPLITS.validation;
  return (
    <article className="page" data-wide>
      <div className="board-head">
        <h1>{challenge.title}</h1>
        <GiveFiles />
      </div>
      <p className="lead">
        {challenge.about ??
          "Teams by tasks, each track ranked by the average over all of its tasks. Everything is read and scored in this tab; nothing is uploaded."}
      </p>
      <div className="board-compare">
        <span>Scores on</span>
        <Switch
          label="Split"
          options={Object.values(SPLITS)}
          chosen={words}
          onChoose={(option) => setChosen(option === SPLITS.test ? "test" : "validation")}
        />
        <span className="muted">
          {split === "test"
            ? "from prediction files, against the labels that the organiser drops"
            : "from run cards, and from your own runs on every task"}
        </span>
        <output className="muted">{challenge.busy}</output>
      </div>
      {TRACKS.map(({ track, title }) => (
        <TrackBoard
          key={track}
          title={title}
          tasks={tracks[track]}
          split={split}
          lines={challengeBoard(
            entries,
            tracks[track].map(({ id }) => id),
            split,
          )}
        />
      ))}
      <ChallengeFiles challenge={challenge} />
    </article>
  );
}

function GiveFiles() {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={FileInput} onClick={() => input.current?.click()}>
        Add cards, predictions or labels
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Cards, prediction files and labels"
        accept=".json,.csv,.tsv,.parquet"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = ""; // the same file again is a change too
          const given = files.map((file) => ({
            path: file.name,
            bytes: async () => new Uint8Array(await file.arrayBuffer()),
          }));
          if (given.length > 0) void app.challenge.take(given).catch(app.report);
        }}
      />
    </>
  );
}
