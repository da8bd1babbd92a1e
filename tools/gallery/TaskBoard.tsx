import { NotebookPen } from "lucide-react";
import { useMemo } from "react";
import { sliceTable, type Table } from "../../src/table";
import { Grid } from "../../src/ui/output/Grid";
import { Prose } from "../../src/ui/output/Prose";
import { Button } from "../../src/ui/parts/Button";
import { ClassBalance } from "../../src/ui/tasks/ClassBalance";
import { ColumnList } from "../../src/ui/tasks/ColumnList";
import { Sparkline } from "../../src/ui/tasks/Sparkline";
import { SplitSizes } from "../../src/ui/tasks/SplitSizes";
import { TaskCard } from "../../src/ui/tasks/TaskCard";
import { TaskHeader } from "../../src/ui/tasks/TaskHeader";
import { Frame } from "./Frame";
import { balance, entries, GROUPS, itemTable, MODALITY_OF, manifest } from "./fixtures";
import "./gallery.css";

/** A task's page, and the gallery's cards. The rows are a million, served by pages with a delay. */
export function TaskBoard() {
  const counts = balance.columns[1].values as Float64Array;
  const source = useMemo(million, []);
  return (
    <Frame>
      <div className="page">
        <TaskHeader
          manifest={manifest}
          actions={
            <Button look="main" icon={NotebookPen}>
              Open the starter notebook
            </Button>
          }
        />
        <Prose>{manifest.description}</Prose>
        <SplitSizes train={2312} validation={578} test={723} />
        <section>
          <h2>Classes in train</h2>
          <ClassBalance
            classes={GROUPS.map((label, k) => ({ label, train: counts[k], validation: Math.round(counts[k] / 4) }))}
          />
        </section>
        <section>
          <h2>Columns</h2>
          <ColumnList
            label="label"
            columns={manifest.columns.map((column, index) => ({
              ...column,
              missing: index === 1 ? 0.11 : 0,
              warning: index === 3 ? "Predicts the label almost by itself: it may leak." : undefined,
              profile:
                column.modality === "numeric" ? (
                  <Sparkline counts={[3, 9, 22, 41, 38, 30, 18, 12, 9, 4, 2, 1]} label="Histogram of colours" />
                ) : undefined,
            }))}
          />
        </section>
        <section>
          <h2>A million rows</h2>
          <Grid source={source} label="A million rows" height={460} />
        </section>
        <section>
          <h2>Tasks</h2>
          <div className="cards">
            {entries.map((task, index) => (
              <TaskCard
                key={task.id}
                task={task}
                href="#task"
                scores={{ baseline: 0.71 + index / 40, best: index ? undefined : 0.79 }}
                onNear={() => {}}
              />
            ))}
          </div>
        </section>
      </div>
    </Frame>
  );
}

function million() {
  const part = itemTable(100);
  const wide = Array.from({ length: 190 }, (_, k) => `f_${k}`);
  return {
    rows: 1_000_000,
    columns: [
      { name: "row", kind: "number" as const },
      ...["image", "name", "description", "skin", "colours", "brightness", "has_face", "embedding", "label"].map(
        (name) => ({
          name,
          kind: (name === "image" ? "bytes" : "string") as "bytes" | "string",
          modality: MODALITY_OF[name],
        }),
      ),
      ...wide.map((name) => ({ name, kind: "number" as const, modality: "numeric" as const })),
    ],
    page: async (start: number, count: number, signal: AbortSignal): Promise<Table> => {
      const table = sliceTable(await part, 0, count);
      await new Promise((resolve, reject) => {
        setTimeout(resolve, 80);
        signal.addEventListener("abort", () => reject(Object.assign(new Error("stopped"), { name: "AbortError" })));
      });
      return {
        rows: count,
        columns: [
          { kind: "number", name: "row", values: Float64Array.from({ length: count }, (_, i) => start + i) },
          ...table.columns,
          ...wide.map((name, k) => ({
            kind: "number" as const,
            name,
            values: Float64Array.from({ length: count }, (_, i) => Math.sin((start + i) * (k + 1))),
          })),
        ],
      };
    },
  };
}
