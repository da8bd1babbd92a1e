import type { Look } from "./look";
import { embed, explored, failures, offline, versions } from "./walk-cells";
import { blocking, explain, importing, models, publish } from "./walk-data";
import { dialogs, docs, home, pairs, starter, task } from "./walk-pages";
import { across, challenge, errors, matching, runs } from "./walk-runs";

/** The walk in parts, each from a fresh profile: pages and dialogs in a real state. */
export const PARTS: Record<string, (look: Look) => Promise<void>> = {
  ...{ home, docs, task, pairs, starter, dialogs },
  ...{ runs, across, challenge, errors, matching },
  ...{ embed, failures, versions, explored, offline },
  ...{ explain, models, importing, blocking, publish },
};
