import { FileQuestion, Play, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { MODALITIES } from "../../src/tasks";
import { ChartView } from "../../src/ui/output/ChartView";
import { Button, IconButton } from "../../src/ui/parts/Button";
import { Chip, ModalityChip, StatusChip, type StatusName } from "../../src/ui/parts/Chip";
import { Dialog } from "../../src/ui/parts/Dialog";
import { EmptyState, Skeleton } from "../../src/ui/parts/EmptyState";
import { FaultView } from "../../src/ui/parts/FaultView";
import { ProgressBar } from "../../src/ui/parts/ProgressBar";
import { Frame } from "./Frame";
import { BOXES, drawn, learningCurve, measurements } from "./fixtures";
import "./gallery.css";

const STATUSES: StatusName[] = ["idle", "stale", "queued", "running", "ready", "failed"];

/** The parts one by one, and the charts. */
export function Board() {
  const [open, setOpen] = useState(location.search.includes("dialog"));
  const dots = useMemo(measurements, []);
  const curve = useMemo(learningCurve, []);
  return (
    <Frame toast>
      <div className="page">
        <h1>Components</h1>
        <section>
          <h2>Buttons</h2>
          <div className="gallery-row">
            <Button look="main" icon={Play}>
              Run all
            </Button>
            <Button onClick={() => setOpen(true)}>Open a dialog</Button>
            <Button look="quiet">Quiet</Button>
            <Button look="danger" icon={Trash2}>
              Delete
            </Button>
            <Button disabled>Disabled</Button>
            <Button small>Small</Button>
            <IconButton icon={Play} label="Run" keys="⇧ Enter" />
          </div>
        </section>
        <section>
          <h2>Meaning</h2>
          <div className="gallery-row">
            {MODALITIES.map((modality) => (
              <ModalityChip key={modality} modality={modality} />
            ))}
            {STATUSES.map((status) => (
              <StatusChip key={status} status={status}>
                {status === "ready" ? "12 ms" : undefined}
              </StatusChip>
            ))}
            <Chip>baseline</Chip>
          </div>
        </section>
        <section>
          <h2>States</h2>
          <ProgressBar done={0.43} note="train.parquet, 1.9 of 4.3 MB" label="Loading" />
          <br />
          <ProgressBar label="Starting the engine" />
          <br />
          <Skeleton lines={3} />
          <br />
          <FaultView
            fault={{
              code: "x",
              message: 'Cannot train on "prce": the task has price, title, brand',
              hint: 'Did you mean "price"?',
              where: { cell: "trees", line: 2, column: 10 },
            }}
            onGoTo={() => {}}
          />
          <EmptyState icon={FileQuestion} title="No runs yet" actions={<Button icon={Play}>Run this notebook</Button>}>
            A run keeps the notebook, the scores and the seeds. Yours will be listed here.
          </EmptyState>
        </section>
        <section>
          <h2>Charts</h2>
          <div className="gallery-card">
            <ChartView
              spec={{ source: "dots", type: "scatter", x: "brightness", y: "edges", color: "label" }}
              answer={drawn(dots, { brightness: "x", edges: "y", label: "series" })}
            />
          </div>
          <br />
          <div className="gallery-card">
            <ChartView
              spec={{ source: "dots", type: "box", x: "label", y: "brightness", title: "Brightness by class" }}
              answer={BOXES}
            />
          </div>
          <br />
          <div className="gallery-card">
            <ChartView
              spec={{ source: "curve", type: "line", x: "round", y: "log_loss", color: "part" }}
              answer={drawn(curve, { round: "x", log_loss: "y", part: "series" })}
            />
          </div>
        </section>
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title="Run a notebook from a link?"
          about="It was written by somebody else. Its code runs without network and storage, and sees only this task's tables."
          foot={
            <>
              <Button onClick={() => setOpen(false)}>Keep reading</Button>
              <Button look="main" icon={Play} onClick={() => setOpen(false)}>
                Run 9 cells
              </Button>
            </>
          }
        />
      </div>
    </Frame>
  );
}
