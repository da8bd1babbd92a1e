import type { StoreApi } from "zustand/vanilla";
import { Fault } from "../base";
import { formatNotebook } from "../notebook";
import type { Shared } from "../share";
import type { Desk } from "./desk";
import { textOfFile } from "./reopen";
import { authorScores } from "./reproduce";
import type { Route } from "./route";
import type { SlotStore } from "./slots";
import type { AppState } from "./state";
import { loadStarter } from "./task-loader";
import type { TaskSource } from "./task-source";
import type { Tasks } from "./tasks";

/** A notebook to hold against the open one. */
export type OtherChoice =
  /** What the link said that the open notebook came with. */
  | { kind: "link" }
  /** The open notebook before the edits of this visit. */
  | { kind: "opened" }
  | { kind: "starter" }
  | { kind: "slot"; id: string }
  /** A link that was pasted. */
  | { kind: "pasted"; text: string }
  | { kind: "file"; file: File };

interface Choice {
  choice: OtherChoice;
  label: string;
  /** When it was last written, in milliseconds since 1970, for one that is kept here. */
  updated?: number;
}

export interface Other {
  markdown: string;
  /** What its cells scored when it was last up to date, where that is known. */
  scores?: Shared["scores"];
}

export interface Others {
  /** The choices that there are for the open notebook, beside `pasted` and `file`. */
  choices(): Choice[];
  /** @throws Fault where the link is damaged, or the file no notebook */
  read(choice: OtherChoice): Promise<Other>;
  /** Opens a notebook of this browser instead, to take over what the one that is open now has: nothing of either changes. */
  turn(id: string): Promise<void>;
  /** The open notebook's own scores that are up to date. */
  scores(): Shared["scores"];
}

export interface OthersOptions {
  store: StoreApi<AppState>;
  desk: Desk;
  slots: SlotStore;
  source: TaskSource;
  tasks: Tasks;
  openSlot: (id: string) => Promise<void>;
  go: (route: Route) => void;
}

export function createOthers({ store, desk, slots, source, tasks, openSlot, go }: OthersOptions): Others {
  return {
    choices: () => {
      const { session, slots: kept } = store.getState();
      if (!session) return [];
      const { front } = session.history.present;
      const choices: Choice[] = [];
      if (session.shared && session.shared.markdown !== formatNotebook(session.history.present))
        choices.push({ choice: { kind: "link" }, label: "The author's version, from the link" });
      if (session.history.past.length > 0)
        choices.push({ choice: { kind: "opened" }, label: "Itself, before the edits of this visit" });
      const others = kept
        .filter(({ id }) => id !== session.slot)
        .map(({ id, title, task, updated }) => ({
          task,
          updated,
          choice: { kind: "slot" as const, id },
          label: task === undefined ? title : `${title} (${task})`,
        }));
      choices.push(...others.filter(({ task }) => task === front.task));
      if (front.task !== undefined)
        choices.push({ choice: { kind: "starter" }, label: `The starter of ${front.task}` });
      choices.push(...others.filter(({ task }) => task !== front.task));
      return choices;
    },
    read: async (choice) => {
      const { session } = store.getState();
      switch (choice.kind) {
        case "link":
          if (!session?.shared) throw new Fault("other-missing", "This notebook came with no link");
          return session.shared;
        case "opened":
          return { markdown: formatNotebook(session?.history.past[0] ?? desk.present()) };
        case "starter":
          return { markdown: await loadStarter(source, await tasks.open(desk.present().front.task ?? "")) };
        case "slot": {
          const kept = await slots.read(choice.id);
          if (!kept) throw new Fault("notebook-missing", "This notebook is no longer in this browser");
          const { markdown, scores, shared } = kept;
          return { markdown, scores: scores ?? (shared?.markdown === markdown ? shared.scores : undefined) };
        }
        case "pasted": {
          const { decodeLink } = await import("../share");
          return decodeLink(/#nb=([\w.-]+)/.exec(choice.text)?.[1] ?? choice.text);
        }
        case "file":
          return { markdown: await textOfFile(choice.file) };
      }
    },
    turn: async (id) => {
      if (desk.session()?.slot === undefined) desk.save(); // a link that was only read so far
      await desk.saved();
      const against = desk.session()?.slot;
      await openSlot(id);
      go({ page: "notebook", slot: id });
      store.setState(({ view }) => ({ view: { ...view, panel: "compare", against } }));
    },
    scores: () => authorScores(desk.derived(), desk.session()?.states ?? new Map()),
  };
}
