import { Check, CircleDashed, Copy, LoaderCircle, Play, Square, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Diagnosis, Diagnostics, TestStep } from "../../app";
import { isAbort } from "../../base";
import { useApp } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { formatBytes, formatCountOf, formatMs } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import { useCopy } from "../parts/useCopy";
import "./diagnostics.css";

/** What this page, this browser and this site are, for whoever mends what is wrong; with a test of every engine. */
export function DiagnosticsPage() {
  const app = useApp();
  const [diagnostics, setDiagnostics] = useState<Diagnostics>();
  const [diagnosis, setDiagnosis] = useState<Diagnosis>();
  const [steps, setSteps] = useState<TestStep[]>([]);
  const { copied, copy } = useCopy();
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      await app.ready;
      const made = await app.diagnostics();
      const found = await made.look();
      if (gone) return;
      setDiagnostics(made);
      setDiagnosis(found);
    };
    look().catch(app.report);
    return () => {
      gone = true;
    };
  }, [app]);
  const again = (): void => void diagnostics?.look().then(setDiagnosis).catch(app.report);
  return (
    <article className="page" data-wide>
      <h1>Diagnostics</h1>
      <p className="lead">
        What somebody who mends a fault needs to know. It is gathered here when you open this page and goes nowhere by
        itself; the text holds no notebook and no row of yours.
      </p>
      {diagnosis && diagnostics ? (
        <>
          <div className="diagnostics-bar">
            <Button icon={copied ? Check : Copy} onClick={() => copy(diagnostics.text(diagnosis, steps))}>
              {copied ? "Copied" : "Copy as text"}
            </Button>
          </div>
          <SelfTest diagnostics={diagnostics} steps={steps} onSteps={setSteps} onDone={again} />
          <div className="diagnostics-sections">
            {diagnosis.sections.map(({ title, facts }) => (
              <section key={title} aria-label={title}>
                <h2>{title}</h2>
                <dl>
                  {facts.map(({ name, value, state, note }) => (
                    <div key={name} data-state={state}>
                      <dt>{name}</dt>
                      <dd>
                        {value}
                        {note && <small>{note}</small>}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <Requests requests={diagnosis.requests} />
        </>
      ) : (
        <Skeleton lines={8} />
      )}
    </article>
  );
}

const ICONS = { waiting: CircleDashed, running: LoaderCircle, passed: Check, failed: X } as const;

interface SelfTestProps {
  diagnostics: Diagnostics;
  steps: TestStep[];
  onSteps: (steps: TestStep[]) => void;
  onDone: () => void;
}

function SelfTest({ diagnostics, steps, onSteps, onDone }: SelfTestProps) {
  const app = useApp();
  const running = useRef<AbortController>(undefined);
  const [busy, setBusy] = useState(false);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    try {
      onSteps(await diagnostics.test(controller.signal, onSteps));
      onDone();
    } catch (error) {
      if (isAbort(error) || controller.signal.aborted) onSteps([]);
      else app.report(error);
    } finally {
      setBusy(false);
    }
  };
  const failed = steps.filter(({ status }) => status === "failed").length;
  const over = !busy && steps.length > 0;
  return (
    <section aria-labelledby="self-test" className="self-test">
      <div className="self-test-head">
        <h2 id="self-test">Self-test</h2>
        {busy ? (
          <Button small look="danger" icon={Square} onClick={() => running.current?.abort()}>
            Stop
          </Button>
        ) : (
          <Button small look="main" icon={Play} onClick={() => void start()}>
            {steps.length > 0 ? "Run it again" : "Run it"}
          </Button>
        )}
        <p role="status">
          {over && (failed === 0 ? "Everything works here." : `${formatCountOf(failed, "step")} failed.`)}
        </p>
      </div>
      {steps.length === 0 ? (
        <p className="muted">
          One query, one cell, one learner, one ONNX model and one score, on the smallest sample task.
        </p>
      ) : (
        <ol>
          {steps.map(({ name, status, said, tookMs }) => {
            const Icon = ICONS[status];
            return (
              <li key={name} data-status={status}>
                <Icon aria-hidden size={15} strokeWidth={2.2} />
                <span>
                  {name}
                  <span className="unseen">: {status}</span>
                  {said && <small>{said}</small>}
                </span>
                <small className="tabular">{tookMs !== undefined && formatMs(tookMs)}</small>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

/** More than these are in the text, not on the page. */
const MOST_SHOWN = 300;

function Requests({ requests }: Pick<Diagnosis, "requests">) {
  const foreign = requests.filter((request) => request.foreign).length;
  const failed = requests.filter(({ status }) => status !== undefined && status >= 400).length;
  const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">Requests</h2>
      <p>
        {formatCountOf(requests.length, "request")} of the page, {formatBytes(bytes)} over the connection;{" "}
        {foreign === 0 ? "none to another host" : `${foreign} to another host`},{" "}
        {failed === 0 ? "none failed" : `${failed} failed`}.{" "}
        <span className="muted">The engines' workers fetch their own files beside these, from this site alone.</span>
      </p>
      <ScrollBox label="Requests" className="diagnostics-requests">
        <table>
          <thead>
            <tr>
              <th scope="col">Address</th>
              <th scope="col">Answer</th>
              <th scope="col">Bytes</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody className="tabular">
            {requests.slice(0, MOST_SHOWN).map(({ address, status, bytes: size, tookMs, startedMs }) => (
              <tr key={`${startedMs} ${address}`}>
                <td>{address}</td>
                <td>{status ?? "not said"}</td>
                <td>{size === 0 ? "from a cache" : formatBytes(size)}</td>
                <td>{formatMs(tookMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
