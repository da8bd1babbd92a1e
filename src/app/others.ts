import type { StoreApi } from "zustand/vanilla";
import { Fault } from "../base";
import { formatNotebook } from "../notebook";
import type { Shared } from "../share";
import type { Desk } from "./desk";
import { textOfFile } from "./reopen";
import { authorScores } from "./reproduce";
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
  /** A link or a notebook's text that was pasted. */
  | { kind: "text"; text: string }
  | { kind: "file"; file: File };

export interface Other {
  markdown: string;
  /** What its cells scored when it was last up to date, where that is known. */
  scores?: Shared["scores"];
}

export interface Others {
  /** The choices that there are for the open notebook, beside `text` and `file`. */
  choices(): { choice: OtherChoice; label: string }[];
  /** @throws Fault where the link is damaged, or the file no notebook */
  read(choice: OtherChoice): Promise<Other>;
  /** The open notebook's own scores that are up to date. */
  scores(): Shared["scores"];
}

export interface OthersOptions {
  store: StoreApi<AppState>;
  desk: Desk;
  slots: SlotStore;
  source: TaskSource;
  tasks: Tasks;
}

export function createOthers({ store, desk, slots, source, tasks }: OthersOptions): Others {
  return {
    choices: () => {
      const { session, slots: kept } = store.getState();
      if (!session) return [];
      const { front } = session.history.present;
      const choices: { choice: OtherChoice; label: string }[] = [];
      if (session.shared) choices.push({ choice: { kind: "link" }, label: "The author's version, from the link" });
      if (session.history.past.length > 0)
        choices.push({ choice: { kind: "opened" }, label: "Itself, before the edits of this visit" });
      if (front.task !== undefined)
        choices.push({ choice: { kind: "starter" }, label: `The starter of ${front.task}` });
      const others = kept.filter(({ id }) => id !== session.slot);
      const near = [
        ...others.filter(({ task }) => task === front.task),
        ...others.filter(({ task }) => task !== front.task),
      ];
      for (const { id, title, task } of near)
        choices.push({ choice: { kind: "slot", id }, label: task === undefined ? title : `${title} (${task})` });
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
          return kept;
        }
        case "text": {
          const [, link] = /#nb=([\w.-]+)/.exec(choice.text) ?? [];
          return link === undefined ? { markdown: choice.text } : (await import("../share")).decodeLink(link);
        }
        case "file":
          return { markdown: await textOfFile(choice.file) };
      }
    },
    scores: () => authorScores(desk.derived(), desk.session()?.states ?? new Map()),
  };
}
