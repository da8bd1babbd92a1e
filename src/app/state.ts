import type { FaultData, Progress } from "../base";
import type { CellValue } from "../cells";
import type { Relation } from "../data";
import type { History } from "../notebook";
import type { KeptRun } from "../runs";
import type { CellState } from "../runtime";
import type { Shared } from "../share";
import type { Catalogue, TaskManifest } from "../tasks";
import type { ChallengeState } from "./challenge/state";
import type { ImportState } from "./import/state";
import type { OfflineState } from "./offline-state";
import type { BringingModel } from "./own-models/state";
import type { Route } from "./route";

/** Something that is fetched: it is on its way, here, or failed with a fault. */
export type Load<T> = { status: "loading" } | { status: "ready"; value: T } | { status: "failed"; fault: FaultData };

/** The open task: its manifest is shown at once, its rows are loaded when something needs them. */
export interface TaskState {
  id: string;
  manifest: Load<TaskManifest>;
  data:
    | { status: "asleep" }
    | { status: "loading"; progress: Progress }
    | { status: "ready"; relations: Relation[] }
    | { status: "failed"; fault: FaultData };
}

export interface Session {
  /** The notebook's place in this browser's storage; undefined for an opened link that nobody has edited or run yet. */
  slot: string | undefined;
  history: History;
  /** A stranger's notebook runs nothing before the reader has said so. */
  trusted: boolean;
  /** What the link carried beside the text, when it came from one. */
  shared: Shared | undefined;
  states: ReadonlyMap<string, CellState<CellValue>>;
  /** Another tab edits this notebook; here it can be read, run, copied, or taken over. */
  elsewhere: boolean;
  saved: { status: "saved" | "saving" } | { status: "failed"; fault: FaultData };
}

export interface Slot {
  id: string;
  title: string;
  task: string | undefined;
  /** Milliseconds since 1970. */
  updated: number;
}

export interface Notice {
  id: number;
  kind: "info" | "fault";
  message: string;
  hint?: string;
}

/** Where the reader is in the open notebook. Of no text and no result, so of no history either. */
export interface View {
  /** The cell that keys act on. */
  cell: string | undefined;
  /** It has an editor; keys are text. */
  editing: boolean;
  /** Where the cursor goes in it: a new object each time somebody asks for it. */
  place: { line: number; column: number } | undefined;
  /** Cells whose source is folded, and those whose output is. */
  folded: ReadonlySet<string>;
  quiet: ReadonlySet<string>;
  panel: "find" | "keys" | "history" | "compare" | undefined;
  /** The notebook of this browser that a comparison begins with. */
  against: string | undefined;
}

export interface AppState {
  route: Route;
  catalogue: Load<Catalogue>;
  task: TaskState | undefined;
  session: Session | undefined;
  view: View;
  /** A link that could not be opened: what was wrong with it. */
  linkFault: FaultData | undefined;
  slots: readonly Slot[];
  /** Every score that is kept, without its details. */
  runs: readonly KeptRun[];
  /** The run across tasks that is under way: its id, and how far it is on which task. */
  across: { id: string; task: string | undefined; done: number; note?: string } | undefined;
  challenge: ChallengeState | undefined;
  /** Cells that wait for the reader's consent to run a stranger's notebook. */
  consent: { wanted: readonly string[] | "all" | "across" } | undefined;
  notices: readonly Notice[];
  /** Files that the reader is bringing, on the import page. */
  importing: ImportState | undefined;
  /** A model that the reader is bringing, in its dialog. */
  bringing: BringingModel | undefined;
  offline: OfflineState;
}
