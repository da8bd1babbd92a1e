import wasmUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import { Fault, hashOf, ownPort, serveCalls } from "../base";
import { compileEngine } from "./compile";
import { checkEnds } from "./files";
import { installGuard } from "./guard";
import type { DataProtocol } from "./protocol";
import type { Session } from "./session";

declare const self: DedicatedWorkerGlobalScope;

const guard = installGuard(globalThis);
let session: Session | undefined;

function opened(): Session {
  if (!session) throw new Fault("engine-crashed", "the engine was asked before it was started");
  return session;
}

/** One thing at a time: the engine has one connection, and a second statement on it would cancel the first. */
let tail: Promise<unknown> = Promise.resolve();
function inTurn<T>(job: () => T | Promise<T>): Promise<T> {
  const turn = tail.then(job);
  tail = turn.catch(() => {});
  return turn;
}

const channel = new MessageChannel();
function tick(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}

serveCalls<DataProtocol>(ownPort(self), {
  boot: ({ wasm }, { progress }) =>
    inTurn(async () => {
      const url = new URL(wasmUrl, self.location.href).href;
      guard.allow(url);
      // The engine's code is loaded after the guard stands, and sees no network but the guard's.
      const [module, { startEngine }, { createSession }] = await Promise.all([
        wasm ?? compileEngine(url, progress),
        import("./boot"),
        import("./session"),
      ]);
      guard.close();
      session = createSession(await startEngine(module), tick);
      return module;
    }),
  rehearse: (_, { signal }) =>
    inTurn(async () => {
      await opened().rehearse(signal);
      return undefined;
    }),
  glance: (file) => inTurn(() => opened().glance(file)),
  load: (file, { signal }) => inTurn(() => opened().load(file, signal)),
  attach: (attached, { signal }) =>
    inTurn(async () => {
      if (typeof attached.source === "string") guard.allow(attached.source);
      else await checkEnds(attached.source, attached.file);
      return opened().attach(attached, signal);
    }),
  lock: () => inTurn(() => opened().lock() as undefined),
  query: ({ sql, known }, { signal, transfer }) =>
    inTurn(async () => {
      const bytes = await opened().query(sql, known, signal);
      transfer([bytes.buffer]);
      return bytes;
    }),
  keep: ({ name, sql, known }, { signal }) => inTurn(() => opened().keep(name, sql, known, signal)),
  alias: ({ name, target, known }) => inTurn(() => opened().alias(name, target, known) as undefined),
  put: ({ name, arrow }) => inTurn(() => opened().put(name, arrow)),
  drop: ({ name }) => inTurn(() => opened().drop(name) as undefined),
  write: ({ sql, format }, { signal, transfer }) =>
    inTurn(async () => {
      const bytes = await opened().write(sql, format, signal);
      transfer([bytes.buffer]);
      return { bytes, sha256: hashOf(bytes) };
    }),
  settled: () => inTurn(() => undefined),
});
