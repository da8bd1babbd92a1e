import { useId } from "react";
import { useApp, useAppState } from "./useApp";

const BUDGETS = [10, 30, 60, 300, 1_800, 7_200];

/** How the notebook runs: by itself or when asked, and how long a cell may. */
export function RunningSettings() {
  const app = useApp();
  const id = useId();
  const front = useAppState((state) => state.session?.history.present.front);
  const elsewhere = useAppState((state) => state.session?.elsewhere ?? false);
  if (!front) return null;
  const { run, budget, held } = front;
  const choices =
    budget === undefined || BUDGETS.includes(budget) ? BUDGETS : [...BUDGETS, budget].sort((a, b) => a - b);
  return (
    <section className="running" aria-label="Running">
      <h3>Running</h3>
      <label className="running-line">
        <input
          type="checkbox"
          checked={run === "auto"}
          disabled={elsewhere}
          onChange={(event) => app.notebooks.setRunning("run", event.target.checked ? "auto" : undefined)}
        />
        <span>
          By itself after an edit
          <small>
            {run === "auto"
              ? held.length > 0
                ? `but not ${held.join(", ")}`
                : "what has run before and is stale"
              : "cells wait until you run them"}
          </small>
        </span>
      </label>
      <div className="running-line">
        <label htmlFor={id}>Stop a cell after</label>
        <select
          id={id}
          value={budget ?? ""}
          disabled={elsewhere}
          onChange={(event) =>
            app.notebooks.setRunning("budget", event.target.value === "" ? undefined : Number(event.target.value))
          }
        >
          <option value="">its kind's usual time</option>
          {choices.map((seconds) => (
            <option key={seconds} value={seconds}>
              {spoken(seconds)}
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}

function spoken(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
