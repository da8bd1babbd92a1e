import { Check, Copy, Download, X } from "lucide-react";
import { saveText } from "../import/save";
import { type Asked, useApp, useAsked } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount, formatCountOf, formatScore } from "../parts/format";
import { useCopy } from "../parts/useCopy";
import { CHAT_LIMITS, MOST_QR_CHARACTERS } from "./chatLimits";
import { fileName } from "./fileName";
import { QrCode } from "./QrCode";
import "./share.css";

type Made = Awaited<ReturnType<ReturnType<typeof useApp>["notebooks"]["share"]>>;

export function ShareDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const app = useApp();
  const asked: Asked<Made> = useAsked(open ? "share" : undefined, () => app.notebooks.share());
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Share this notebook"
      about="The link is the whole notebook; nothing is uploaded. Who opens it sees the code, and nothing runs until they say so."
    >
      {asked.status === "loading" && <Skeleton lines={4} />}
      {asked.status === "failed" && <FaultView fault={asked.fault} />}
      {asked.status === "ready" && <Made {...asked.value} />}
    </Dialog>
  );
}

function Made({ link: carried, shared }: Made) {
  const app = useApp();
  const link = `${location.href.split("#")[0]}#nb=${carried}`;
  const title = app.store.getState().session?.history.present.front.title ?? "Notebook";
  const plain = useCopy();
  const markdown = useCopy();
  return (
    <div className="share">
      <label className="share-label" htmlFor="share-link">
        Link <span className="muted">{formatCount(link.length)} characters</span>
      </label>
      <textarea
        id="share-link"
        className="share-link"
        readOnly
        value={link}
        rows={4}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="share-actions">
        <Button look="main" icon={plain.copied ? Check : Copy} onClick={() => plain.copy(link)}>
          {plain.copied ? "Copied" : "Copy link"}
        </Button>
        <Button
          icon={markdown.copied ? Check : Copy}
          onClick={() => markdown.copy(`[${title.replace(/[[\]\\]/g, "\\$&")}](${link})`)}
        >
          {markdown.copied ? "Copied" : "Copy as Markdown link"}
        </Button>
        <Button icon={Download} onClick={() => saveText(`${fileName(title)}.md`, app.notebooks.text())}>
          Download .md
        </Button>
      </div>
      <Carried {...shared} />
      <div className="share-more">
        <Fits length={link.length} />
        {link.length <= MOST_QR_CHARACTERS && <QrCode text={link} />}
      </div>
    </div>
  );
}

/** What the link says beside the text: which data, which scores. */
function Carried({ task, scores, checks }: Made["shared"]) {
  const said = Object.entries(scores ?? {}).flatMap(([cell, values]) =>
    Object.entries(values).map(([name, value]) => ({ key: `${cell}.${name}`, name, value })),
  );
  return (
    <p className="share-carried">
      {said.length === 0 ? (
        "It carries no scores: run the notebook first if the reader should be able to compare."
      ) : (
        <>
          It carries your scores ({said.map(({ name, value }) => `${name} ${formatScore(value)}`).join(", ")})
          {checks && ` and a check of ${formatCountOf(Object.keys(checks).length, "result")}`}, so a reader’s run says
          “same”, or which cell differs first.
        </>
      )}
      {task && (
        <>
          {" "}
          Task <code>{task.id}</code>, data <code>{task.data}</code>.
        </>
      )}
    </p>
  );
}

function Fits({ length }: { length: number }) {
  return (
    <table className="share-fits">
      <caption>Where it fits in one message</caption>
      <tbody>
        {CHAT_LIMITS.map(({ where, most, note }) => {
          const fits = length <= most;
          return (
            <tr key={where} data-fits={fits}>
              <td>{fits ? <Check aria-label="Fits" size={14} /> : <X aria-label="Too long" size={14} />}</td>
              <th scope="row">
                {where}
                {note && !fits && <small> {note}</small>}
              </th>
              <td className="tabular muted">{formatCount(most)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
