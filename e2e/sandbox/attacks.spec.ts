import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { expect, run, test, values } from "./harness";

/** A listener that answers nothing and remembers every connection: it must stay silent. */
let listener: Server;
let caught: string[];
test.beforeAll(async () => {
  listener = createServer((socket) => {
    caught.push("a connection");
    socket.on("data", (data) => caught.push(String(data).slice(0, 100)));
    socket.on("error", () => {});
  });
  await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
});
test.beforeEach(() => {
  caught = [];
});
test.afterAll(() => {
  listener.close();
});
const port = () => (listener.address() as AddressInfo).port;

/** Expressions that reach out, given `url` (the listener), `home` (the page's own host) and `scope` (the global object). */
const ATTEMPTS: Record<string, string> = {
  fetch: "await scope.fetch(url)",
  "fetch of the page's host": "await scope.fetch(home)",
  "fetch without CORS": "await scope.fetch(url, { mode: 'no-cors', method: 'POST', body: 'secret' })",
  "fetch, kept alive": "await scope.fetch(url, { keepalive: true, mode: 'no-cors' })",
  XMLHttpRequest:
    "await new Promise((yes, no) => { const x = new scope.XMLHttpRequest(); x.onload = yes; x.onerror = () => no(new Error('refused')); x.open('GET', url); x.send(); })",
  WebSocket:
    "await new Promise((yes, no) => { const s = new scope.WebSocket(url.replace('http', 'ws')); s.onopen = yes; s.onerror = () => no(new Error('refused')); })",
  WebSocketStream: "await new scope.WebSocketStream(url.replace('http', 'ws')).opened",
  WebTransport: "await new scope.WebTransport(url.replace('http:', 'https:')).ready",
  EventSource:
    "await new Promise((yes, no) => { const s = new scope.EventSource(url); s.onopen = yes; s.onerror = () => no(new Error('refused')); })",
  RTCPeerConnection: "new scope.RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1' }] })",
  sendBeacon: "scope.navigator.sendBeacon(url, 'secret') || (() => { throw new Error('refused') })()",
  importScripts: "scope.importScripts(url)",
  "import of a URL": "await import(url)",
  "import of the page's host": "await import(home)",
  "import of a data: URL": "await import('data:text/javascript,' + 'export default 1')",
  "a worker of a URL":
    "await new Promise((yes, no) => { const w = new scope.Worker(url); w.onmessage = yes; w.onerror = () => no(new Error('refused')); })",
  "a shared worker of a URL":
    "await new Promise((yes, no) => { const w = new scope.SharedWorker(url); w.onerror = () => no(new Error('refused')); })",
  indexedDB:
    "await new Promise((yes, no) => { const r = scope.indexedDB.open('x'); r.onsuccess = yes; r.onerror = () => no(r.error); })",
  caches: "await scope.caches.open('x')",
  "the origin's files": "await scope.navigator.storage.getDirectory()",
  localStorage: "scope.localStorage.setItem('a', 'b')",
  cookies: "await scope.cookieStore.getAll()",
  "a service worker": "await scope.navigator.serviceWorker.register(url)",
  "a font": "await new scope.FontFace('x', 'url(' + url + ')').load()",
  eval: "scope.eval('1')",
  "new Function": "new scope.Function('return 1')()",
  "an async function's constructor": "await (async () => {}).constructor('return 1')()",
  WebAssembly: "await scope.WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
};

/** What a bare worker may do without harm, so that the list above means something: it is refused by the CSP, not by a typo. */
const HARMLESS: Record<string, string> = {
  "a timer": "await new Promise((yes) => setTimeout(yes, 1))",
  "a blob's module": "await import(URL.createObjectURL(new Blob(['export default 1'], { type: 'text/javascript' })))",
};

function attempt(attempts: Record<string, string>): string {
  const tries = Object.entries(attempts).map(
    ([name, code]) =>
      `{ name: ${JSON.stringify(name)}, outcome: await Promise.race([(async () => { ${code}; return "IT WORKED"; })().catch((error) => String(error && error.message || error)), new Promise((late) => setTimeout(() => late("nothing happened"), 700))]) }`,
  );
  return `[${tries.join(",\n")}]`;
}

test("a cell reaches no network, no storage and no page, and the listener stays silent", async ({ sandbox, hosts }) => {
  const answered: string[] = [];
  await sandbox.waitForFunction(() => window.sandboxHarness !== undefined);
  await run(sandbox, "export default [{ a: 1 }];"); // the sandbox is up: what is asked for from here on is the cell's
  sandbox.on("response", (response) => answered.push(response.url())); // a request that the policy refused has none
  const outcome = await run(
    sandbox,
    `const scope = globalThis as any, url = "http://127.0.0.1:${port()}/x.js", home = "${hosts.isolated.url}index.html";
     export default ${attempt(ATTEMPTS)};`,
  );
  const done = Object.fromEntries(values(outcome, "name").map((name, i) => [name, values(outcome, "outcome")[i]]));
  expect(Object.keys(done)).toEqual(Object.keys(ATTEMPTS));
  expect(Object.entries(done).filter(([, said]) => said === "IT WORKED")).toEqual([]);
  expect(done.fetch).toContain(`"fetch" is not there`);
  expect(caught).toEqual([]);
  expect(answered.filter((url) => !url.startsWith("blob:"))).toEqual([]);
});

test("the frame alone holds too: a worker without the fence reaches nothing either", async ({ sandbox, hosts }) => {
  const answered: string[] = [];
  await sandbox.waitForFunction(() => window.sandboxHarness !== undefined);
  sandbox.on("response", (response) => answered.push(response.url()));
  const worker = (attempts: Record<string, string>) => `onmessage = async ({ ports }) => {
    const scope = globalThis, url = "http://127.0.0.1:${port()}/x.js", home = "${hosts.isolated.url}index.html";
    ports[0].postMessage({ origin: location.origin, done: ${attempt(attempts)} });
  };`;
  const raw = (attempts: Record<string, string>) =>
    sandbox.evaluate((text) => window.sandboxHarness.raw(text), worker(attempts)) as Promise<{
      origin: string;
      done: { name: string; outcome: string }[];
    }>;
  const { origin, done } = await raw(ATTEMPTS);
  expect(origin).toBe("null");
  expect(done.filter(({ outcome }) => outcome === "IT WORKED")).toEqual([]);
  expect(done).toHaveLength(Object.keys(ATTEMPTS).length);
  expect(caught).toEqual([]);
  expect(answered.filter((url) => !url.startsWith("blob:"))).toEqual([]);
  const harmless = await raw(HARMLESS);
  expect(harmless.done.map(({ outcome }) => outcome)).toEqual(["IT WORKED", "IT WORKED"]);
});

test("what a worker posts on its own is heard by nobody", async ({ sandbox }) => {
  await sandbox.waitForFunction(() => window.sandboxHarness !== undefined);
  const forged = `onmessage = ({ ports }) => {
    for (const kind of ["ready", "pong", "died", "result", "stop"]) postMessage({ kind, id: 1, value: 1 });
    setTimeout(() => ports[0].postMessage("done"), 200);
  };`;
  expect(await sandbox.evaluate((text) => window.sandboxHarness.raw(text), forged)).toBe("done");
  expect(await sandbox.evaluate(() => window.sandboxHarness.messages)).toEqual([]);
});

test("a result cannot bring a prototype, a lie about its size or a flood to the page", async ({ sandbox }) => {
  const polluted = await run(
    sandbox,
    `export default JSON.parse('[{ "__proto__": { "polluted": 1 }, "a": { "__proto__": { "polluted": 1 } } }]');`,
  );
  expect(polluted).toMatchObject({ ok: false, code: "code-table" });
  const nested = await run(
    sandbox,
    `export default [{ a: JSON.parse('{ "__proto__": { "polluted": 1 }, "ok": 1 }') }];`,
  );
  expect(values(nested, "a")).toEqual([{ ok: 1 }]);
  expect(await sandbox.evaluate(() => ({}) as { polluted?: number })).toEqual({});
  expect(await sandbox.evaluate(() => (({}) as { polluted?: number }).polluted)).toBeUndefined();

  const flood = await run(sandbox, `for (let i = 0; i < 1e5; i++) console.log("x".repeat(1e5));`);
  expect(flood.ok && flood.result.output.length).toBe(201);
  expect(
    await run(sandbox, `export default Array.from({ length: 5000 }, (_, i) => ({ ["c" + i]: 1 }));`),
  ).toMatchObject({
    ok: false,
    code: "code-table",
  });
  // A cell that takes over what the worker answers with can only lie within what the page reads.
  const forged = await run(
    sandbox,
    `const then = Promise.prototype.then;
     Promise.prototype.then = function (f, r) { return then.call(this, f && ((v) => f(v && v.kind === "plain" ? { kind: "features", splits: 7 } : v)), r); };
     export default [{ a: 1 }];`,
    { timeoutMs: 3_000 },
  );
  expect(forged.ok ? forged.result.kind : forged.code).toMatch(/^(plain|invalid|cell-timeout)$/);
});

test("a regular expression without an end stops like any other loop", async ({ sandbox }) => {
  const stopped = await run(sandbox, `/^(a+)+$/.test("a".repeat(60) + "!");`, { stopAfterMs: 300 });
  expect(stopped).toMatchObject({ ok: false, code: "aborted" });
  expect(stopped.ms).toBeLessThan(1_000);
});

test("the built page carries the policy, and it bites", async ({ page, hosts }) => {
  await page.goto(hosts.isolated.url);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("object-src 'none'");
  const sources = (policy ?? "").split(";").flatMap((directive) => directive.trim().split(/\s+/).slice(1));
  expect(sources).not.toContain("'unsafe-eval'");
  // No host: only keywords, hashes and the two schemes of what the page makes itself.
  expect(sources.filter((source) => !/^('[^']+'|blob:|data:)$/.test(source))).toEqual([]);
  const reached = await page.evaluate(
    (url) =>
      fetch(url).then(
        () => "reached",
        () => "refused",
      ),
    `http://127.0.0.1:${port()}/`,
  );
  expect(reached).toBe("refused");
  const inline = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.head.append(script);
    return "inlineRan" in window;
  });
  expect(inline).toBe(false);
  expect(caught).toEqual([]);
});
