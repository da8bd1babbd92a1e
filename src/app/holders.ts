import { z } from "../base";

/** What tabs of one browser say to each other about a notebook's slot. */
const wordSchema = z.object({
  kind: z.enum(["open?", "held", "give", "given", "gone"]),
  slot: z.string(),
  /** The tab that speaks, and since when it has the slot open, in milliseconds since 1970. */
  from: z.string(),
  since: z.number(),
});
type Word = z.infer<typeof wordSchema>;

/** What leads to the other tabs, and from them. */
export interface Wire {
  send(word: unknown): void;
  hear(listener: (word: unknown) => void): void;
}

/** Which tab edits a notebook: one at a time, the one that opened it first. The others are told, and may take over. */
export interface Holders {
  /** This tab has opened a slot (undefined: none). It holds it unless another tab says that it does. */
  open(slot: string | undefined): void;
  /** Asks the holder to write what it has and to let go; resolves when it has, or does not answer: it may be asleep. */
  take(): Promise<void>;
}

export interface HoldersOptions {
  /** Undefined where tabs cannot talk: the slots' revisions alone tell a conflict then. */
  wire: Wire | undefined;
  tab: string;
  now: () => number;
  /** Another tab holds the open slot. */
  onElsewhere: () => void;
  /** The tab that held the open slot has let it go. */
  onFree: () => void;
  /** Resolves when everything of this tab is written. */
  settle: () => Promise<void>;
}

/** A tab that is awake answers within this time. */
const ANSWER_MS = 1_500;

export function createHolders({ wire, tab, now, onElsewhere, onFree, settle }: HoldersOptions): Holders {
  let mine: { slot: string; since: number; holds: boolean } | undefined;
  let given: (() => void) | undefined;
  const say = (kind: Word["kind"]): void => {
    if (mine) wire?.send({ kind, slot: mine.slot, from: tab, since: mine.since } satisfies Word);
  };
  const giveWay = (): void => {
    if (!mine?.holds) return;
    mine.holds = false;
    onElsewhere();
  };

  const hear = (word: Word): void => {
    if (mine?.slot !== word.slot || word.from === tab) return;
    const first = mine.since < word.since || (mine.since === word.since && tab < word.from);
    switch (word.kind) {
      case "open?":
        if (mine.holds && first) say("held");
        else giveWay();
        break;
      case "held":
        if (!first) giveWay();
        break;
      case "give":
        if (!mine.holds) break;
        giveWay();
        void settle().finally(() => say("given"));
        break;
      case "given":
        given?.();
        break;
      case "gone":
        if (!mine.holds) onFree();
        break;
    }
  };
  wire?.hear((said) => {
    const word = wordSchema.safeParse(said);
    if (word.success) hear(word.data);
  });

  return {
    open: (slot) => {
      if (mine?.slot === slot && mine?.holds) return;
      if (mine?.holds) say("gone");
      mine = slot === undefined ? undefined : { slot, since: now(), holds: true };
      say("open?");
    },
    take: async () => {
      if (!mine) return;
      const taken = mine;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wire ? ANSWER_MS : 0);
        given = () => {
          clearTimeout(timer);
          resolve();
        };
        say("give");
      });
      given = undefined;
      taken.holds = true;
    },
  };
}
