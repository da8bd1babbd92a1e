import { ArrowRight, Lightbulb } from "lucide-react";
import { codeCells, looseConfig } from "../../notebook";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";

/** The way from a score to the cell that explains the model: to the one that is there, or to a new one. */
export function WhatMatters({ score, model }: { score: string; model: string }) {
  const app = useApp();
  const notebook = useAppState((state) => state.session?.history.present);
  const there =
    notebook &&
    codeCells(notebook).find((cell) => cell.kind === "explain" && looseConfig(cell.source).predictions === model);
  const explain = (): void => {
    const at = notebook?.cells.findIndex((cell) => "name" in cell && cell.name === score) ?? -1;
    const source = `predictions: ${model}\nseconds: 90\nseed: 7`;
    const id = app.notebooks.insert(at + 1, "explain", { name: `why_${model}`, source });
    app.view.select(id);
    void app.notebooks.run([id]);
  };
  return (
    <div className="analysis-matters">
      <p>
        What {model} leans on by feature, column and modality; what each modality adds; whether more rows would help;
        and what looks too good to be true. Its result is a cell, kept and read by SQL like any other.
      </p>
      {there ? (
        <Button small icon={ArrowRight} onClick={() => app.view.select(there.id)}>
          Go to {there.name}
        </Button>
      ) : (
        <Button small look="main" icon={Lightbulb} onClick={explain}>
          Explain {model}
        </Button>
      )}
    </div>
  );
}
