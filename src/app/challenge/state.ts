import type { Entry, Problem } from "../../runs";
import type { Track } from "../../tasks";

/** What the challenge page shows; undefined until it was opened. */
export interface ChallengeState {
  title: string;
  about?: string;
  /** The tasks of each track, in the catalogue's order. */
  tracks: Record<Track, { id: string; title: string; metric: string }[]>;
  entries: readonly Entry[];
  /** Prediction files that wait for their task's labels. */
  waiting: readonly { team: string; task: string; file: string; rows: number }[];
  /** Files of labels that are here. */
  labels: readonly { task: string; file: string; rows: number }[];
  problems: readonly Problem[];
  /** What is being read. */
  busy?: string;
}
