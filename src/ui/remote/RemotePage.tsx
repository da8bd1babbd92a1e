import { ArrowDownToLine, Globe } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { RemoteLook, RemoteSizes } from "../../app";
import { type FaultData, faultDataOf, isAbort, type Progress } from "../../base";
import type { RemoteAddress } from "../../tasks";
import { useApp } from "../pages/useApp";
import { Button } from "../parts/Button";
import { FaultView } from "../parts/FaultView";
import { formatBytes, formatCount } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import "../import/import.css";

type Stage =
  | { at: "asking"; address: RemoteAddress }
  | { at: "looking"; address: RemoteAddress }
  | { at: "looked"; address: RemoteAddress; look: RemoteLook; sizes: RemoteSizes }
  | { at: "loading"; progress: Progress }
  | { at: "failed"; fault: FaultData };

/** More than this is loaded only when the reader has seen how much it is. */
const SMALL = 32_000_000;

/** A task on another host, by its link: asked about first, then looked at, then loaded. */
export function RemotePage({ address: text }: { address: string }) {
  const app = useApp();
  const [stage, setStage] = useState<Stage>();
  const [remember, setRemember] = useState(false);
  const abort = useRef(new AbortController());

  const load = useCallback(
    async (address: RemoteAddress, look: RemoteLook, signal: AbortSignal): Promise<void> => {
      setStage({ at: "loading", progress: { done: 0 } });
      await app.remotes.load(address, look, {
        signal,
        onProgress: (progress) => !signal.aborted && setStage({ at: "loading", progress }),
      });
    },
    [app],
  );
  const failed = useCallback((error: unknown) => {
    if (!isAbort(error)) setStage({ at: "failed", fault: faultDataOf(error) });
  }, []);
  const look = useCallback(
    async (address: RemoteAddress, signal: AbortSignal): Promise<void> => {
      setStage({ at: "looking", address });
      const found = await app.remotes.look(address, signal);
      // A table's own page shows what it weighs before anything is read.
      const asks = found.sizes.bytes > SMALL || found.sizes.untold > 0;
      if (asks && !(found.look.kind === "table" && found.look.ranges))
        return setStage({ at: "looked", address, ...found });
      await load(address, found.look, signal);
    },
    [app, load],
  );

  useEffect(() => {
    const controller = new AbortController();
    abort.current = controller;
    const start = async (): Promise<void> => {
      const address = app.remotes.address(text);
      const id = await app.remotes.here(address);
      controller.signal.throwIfAborted();
      if (id !== undefined) return app.go({ page: "task", id });
      if (app.remotes.allowed(address)) return look(address, controller.signal);
      setStage({ at: "asking", address });
    };
    start().catch(failed);
    return () => controller.abort();
  }, [app, text, look, failed]);

  const allow = (address: RemoteAddress): void => {
    app.remotes.hosts.allow(address.host, remember);
    look(address, abort.current.signal).catch(failed);
  };

  return (
    <article className="page">
      <h1>A task from elsewhere</h1>
      {stage?.at === "asking" && (
        <div className="remote">
          <p className="lead">
            This link opens a task that lies on <b>{stage.address.host}</b>.
          </p>
          <p>
            <code className="wrap">{stage.address.url}</code>
          </p>
          <ul>
            <li>
              The page fetches the task’s files from that host, and keeps them in this browser until you remove them.
            </li>
            <li>
              The host learns your network address and which files you asked for: no cookie, no name, nothing of yours.
            </li>
            <li>Nothing of it runs. What you do with the task stays in this tab.</li>
          </ul>
          <label className="import-check">
            <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.currentTarget.checked)} />
            Remember {stage.address.host}, and do not ask again
          </label>
          <div className="import-foot">
            <Button look="quiet" onClick={() => app.go({ page: "home" })}>
              Not now
            </Button>
            <Button look="main" icon={Globe} onClick={() => allow(stage.address)}>
              Open it
            </Button>
          </div>
        </div>
      )}
      {stage?.at === "looking" && <ProgressBar label={`Asking ${stage.address.host}`} note={stage.address.name} />}
      {stage?.at === "looked" && (
        <div className="remote">
          <p className="lead">{titleOf(stage.look)}</p>
          <ul className="remote-files tabular">
            {stage.look.tables.map((table) => (
              <li key={table.url}>
                <code>{table.name}</code>
                {rowsOf(stage.look, table.name)}
              </li>
            ))}
          </ul>
          <p>
            <b>{formatBytes(stage.sizes.bytes)}</b> are loaded from {stage.address.host}
            {stage.sizes.untold > 0 && `, and ${stage.sizes.untold} files whose size it does not tell`}. About three
            times as much memory is taken while the task is open.
          </p>
          <div className="import-foot">
            <Button look="quiet" onClick={() => app.go({ page: "home" })}>
              Not now
            </Button>
            <Button
              look="main"
              icon={ArrowDownToLine}
              onClick={() => load(stage.address, stage.look, abort.current.signal).catch(failed)}
            >
              Load it
            </Button>
          </div>
        </div>
      )}
      {stage?.at === "loading" && (
        <ProgressBar label="Loading the task" done={stage.progress.done} note={stage.progress.note} />
      )}
      {stage?.at === "failed" && <FaultView fault={stage.fault} />}
    </article>
  );
}

function titleOf(look: RemoteLook): string {
  if (look.kind === "task") return look.manifest.title;
  return look.kind === "croissant" ? look.title : "A table by itself";
}

function rowsOf(look: RemoteLook, name: string): string {
  if (look.kind !== "task") return "";
  const split = Object.values(look.manifest.splits).find(({ parquet }) => parquet === name);
  return split ? ` ${formatCount(split.rows)} rows` : "";
}
