import type { CodeKind } from "../notebook";
import { chart } from "./chart";
import type { CellDefinition } from "./context";
import { explain } from "./explain/explain";
import { model } from "./model";
import { score } from "./score";
import { sql } from "./sql";
import { ts } from "./ts";

/** Every cell kind that runs. Another kind is one new file and one line here. */
export const CELL_DEFINITIONS: Record<CodeKind, CellDefinition> = { sql, ts, chart, model, score, explain };
