import { useMemo, useState } from "react";
import {
  type Draft,
  type DraftAround,
  draftFaults,
  draftSource,
  guessDraft,
  type OnnxInfo,
  PIXELS,
  SCORES,
  writtenClasses,
} from "../../cells";
import { codeCells } from "../../notebook";
import { lastOf } from "../../runtime";
import { classesOf, featureColumns, type TaskManifest } from "../../tasks";
import { ConfigForm } from "../notebook/ConfigForm";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { FaultView } from "../parts/FaultView";
import { formatBytes, formatCountOf, formatMs } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { ClassOrder } from "./ClassOrder";
import { draftFields, shapeWords } from "./draftFields";
import "./models.css";

/** A model that is being brought: what it is, what it is given, and what its numbers stand for. */
export default function ModelDialog() {
  const app = useApp();
  const bringing = useAppState((state) => state.bringing);
  const task = useAppState((state) => state.task);
  const session = useAppState((state) => state.session);
  if (!bringing) return null;
  const { file, size, progress, fault, opened } = bringing;
  const mine = session && task && task.id === session.history.present.front.task ? task.manifest : undefined;
  const manifest = mine?.status === "ready" ? mine.value : undefined;
  const about = `${file}, ${formatBytes(size)}. It stays in this browser.`;
  if (opened && manifest && !opened.sidecar)
    return (
      <Mapping key={opened.hash} file={file} hash={opened.hash} info={opened.info} manifest={manifest} about={about} />
    );
  const source = opened?.sidecar && manifest && draftSource({ file, hash: opened.hash }, undefined, opened.info);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && app.models.close()}
      title="Bring a model"
      about={about}
      foot={
        <>
          <Button onClick={app.models.close}>{fault ? "Close" : "Cancel"}</Button>
          {source !== undefined && (
            <Button look="main" onClick={() => void app.models.add(source).catch(app.report)}>
              Add to the notebook
            </Button>
          )}
        </>
      }
    >
      {fault && <FaultView fault={fault} />}
      {progress && (
        <ProgressBar
          label="Opening the model"
          done={progress.done || undefined}
          note={progress.note ?? "opening it once, to see what it is"}
        />
      )}
      {opened && <Slots info={opened.info} />}
      {opened?.sidecar && (
        <p>
          It was written by Polytab: the file beside it says how its inputs are made of the columns{" "}
          {opened.sidecar.inputs.map(({ name }) => name).join(", ")}, and names its {opened.sidecar.classes.length}{" "}
          classes.
        </p>
      )}
      {opened && !manifest && <p>Open the notebook that is to run it, and drop the file there once more.</p>}
    </Dialog>
  );
}

interface MappingProps {
  file: string;
  hash: string;
  info: OnnxInfo;
  manifest: TaskManifest;
  about: string;
}

function Mapping({ file, hash, info, manifest, about }: MappingProps) {
  const app = useApp();
  const session = useAppState((state) => state.session);
  const around = useMemo((): DraftAround => {
    const cells = session ? codeCells(session.history.present).filter((cell) => cell.kind === "ts") : [];
    const features = cells.map((cell) => {
      const value = lastOf(session?.states.get(cell.id) ?? { status: "idle" })?.value;
      return [cell.name, value?.kind === "features" ? value : undefined] as const;
    });
    return { manifest, classes: classesOf(manifest), features: new Map(features) };
  }, [session, manifest]);
  const [draft, setDraft] = useState<Draft>(() => guessDraft(info, around));
  const [confirmed, setConfirmed] = useState(false);
  const faults = useMemo(() => draftFaults(info, draft, around), [info, draft, around]);
  const change = (next: Partial<Draft>): void => setDraft((now) => ({ ...now, ...next }));
  const { fields, value } = draftFields(info, draft, {
    cells: [...around.features.keys()],
    columns: featureColumns(manifest),
    pixels: PIXELS,
    scores: SCORES,
  });
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && app.models.close()}
      title="Bring a model"
      about={about}
      foot={
        <>
          {faults.size === 0 && !confirmed && <span className="muted">Confirm the classes’ order first.</span>}
          <Button onClick={app.models.close}>Cancel</Button>
          <Button
            look="main"
            disabled={faults.size > 0 || !confirmed}
            onClick={() => void app.models.add(draftSource({ file, hash }, draft, info)).catch(app.report)}
          >
            Add to the notebook
          </Button>
        </>
      }
    >
      <Slots info={info} />
      <ConfigForm
        fields={fields}
        value={value}
        faults={Object.fromEntries(faults)}
        onChange={(key, next) => {
          if (key.startsWith("input "))
            change({ inputs: { ...draft.inputs, [key.slice(6)]: Array.isArray(next) ? next.map(String) : [] } });
          else change({ [key]: next ?? (key === "scores" ? "probabilities" : key === "pixels" ? "0..1" : undefined) });
        }}
      />
      <ClassOrder
        classes={draft.classes}
        written={writtenClasses(info) !== undefined}
        fault={faults.get("classes")}
        confirmed={confirmed}
        onChange={(classes) => change({ classes })}
        onConfirm={setConfirmed}
      />
    </Dialog>
  );
}

/** What the model takes and gives. */
function Slots({ info }: { info: OnnxInfo }) {
  const rows = [
    ...info.inputs.map((slot) => ({ ...slot, side: "takes" })),
    ...info.outputs.map((slot) => ({ ...slot, side: "gives" })),
  ];
  return (
    <>
      <table className="slots">
        <caption className="unseen">Inputs and outputs of the model</caption>
        <tbody>
          {rows.map((slot) => (
            <tr key={`${slot.side} ${slot.name}`}>
              <td>{slot.side}</td>
              <th scope="row">
                <code>{slot.name}</code>
              </th>
              <td>{shapeWords(slot)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted slots-about">
        {formatCountOf(info.operators.length, "operator")}: {info.operators.slice(0, 8).join(", ")}
        {info.operators.length > 8 && ", …"}. Opened in {formatMs(info.loadMs)}.
      </p>
    </>
  );
}
