import { Check, Copy, Download } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { formatCount } from "../parts/format";
import { useCopy } from "../parts/useCopy";
import { useApp } from "./useApp";

/** Chat programs cut or refuse longer messages than this; the shortest common limit is the one that matters. */
const SAFE_CHARACTERS = 2_000;

export function ShareDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const app = useApp();
  const link = useMemo(() => (open ? `${location.href.split("#")[0]}#nb=${app.notebooks.link()}` : ""), [open, app]);
  const title = app.store.getState().session?.history.present.front.title ?? "Notebook";
  const { copied, copy } = useCopy();
  const markdown = useCopy();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Share this notebook"
      about="The link holds the whole notebook and the scores you see; nothing is uploaded. Who opens it sees the code, and nothing runs until they say so."
    >
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
        {link.length > SAFE_CHARACTERS && (
          <p className="muted">
            Some chat programs cut links of more than {formatCount(SAFE_CHARACTERS)} characters. The file is safer.
          </p>
        )}
        <div className="share-actions">
          <Button look="main" icon={copied ? Check : Copy} onClick={() => copy(link)}>
            {copied ? "Copied" : "Copy link"}
          </Button>
          <Button
            icon={markdown.copied ? Check : Copy}
            onClick={() => markdown.copy(`[${title.replace(/[[\]]/g, "")}](${link})`)}
          >
            {markdown.copied ? "Copied" : "Copy as Markdown"}
          </Button>
          <Button icon={Download} onClick={() => downloadText(`${fileName(title)}.md`, app.notebooks.text())}>
            Download .md
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "notebook"
  );
}
