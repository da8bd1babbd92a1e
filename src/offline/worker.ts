import { ISOLATION, keyOf, planFetch, planTidy } from "./plan";
import type { Answer, Answers, Ask, KeptFile, SiteFile, SiteFiles, WhichBuild } from "./protocol";

/**
 * The service worker, bundled to `sw.js` by tools/vite/service-worker.ts with the list of the build's files. A file goes
 * into the cache under its content's hash and only if it has that hash: a host in the middle of an update, or one that
 * answers everything with its index page, leaves nothing wrong behind.
 */
declare const self: ServiceWorkerGlobalScope;
declare const __SITE_FILES__: SiteFiles;

const site = __SITE_FILES__;
const { scope } = self.registration;
const byPath = new Map(site.files.map((file) => [file.path, file]));
const cache = (): Promise<Cache> => caches.open(`polytab ${scope}`);
/** How long an open page may take to say which build it is. */
const ANSWER_MS = 2_000;

self.addEventListener("install", (event) => {
  const shell = site.files.filter((file) => file.group === "shell");
  event.waitUntil(Promise.all(shell.map((file) => keep(file))));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { url, method, mode, headers } = event.request;
  const plan = planFetch(byPath, scope, {
    url,
    method,
    isNavigation: mode === "navigate",
    isPartial: headers.has("range"),
  });
  if (plan.kind === "file") event.respondWith(answer(plan.file, event));
  if (plan.kind === "size") event.respondWith(sizeOf(plan.file, event.request));
});

async function answer(file: SiteFile, event: FetchEvent): Promise<Response> {
  const kept = await (await cache()).match(keyOf(scope, file));
  if (kept) return isolated(kept);
  const response = await fetch(event.request);
  if (!response.ok) return response;
  const copy = response.clone();
  event.waitUntil(put(file, copy).catch(() => {})); // it was not asked to be kept: no room for it is no fault
  return isolated(response);
}

async function sizeOf(file: SiteFile, request: Request): Promise<Response> {
  const kept = await (await cache()).match(keyOf(scope, file));
  return kept ? new Response(null, { headers: kept.headers }) : fetch(request);
}

const coming = new Map<string, Promise<void>>();

/** Fetches the file and keeps it, once however often it is asked for. */
function keep(file: SiteFile): Promise<void> {
  const known = coming.get(file.path);
  if (known) return known;
  const work = (async () => {
    if (await (await cache()).match(keyOf(scope, file))) return;
    // A name with a hash in it may come from the browser's own cache; what that has is still held against the hash.
    const mode: RequestCache = file.path.startsWith("assets/") ? "default" : "no-cache";
    await fetchInto(file, mode).catch(() => fetchInto(file, "reload"));
  })().finally(() => coming.delete(file.path));
  coming.set(file.path, work);
  return work;
}

async function fetchInto(file: SiteFile, cache: RequestCache): Promise<void> {
  const response = await fetch(scope + file.path, { cache });
  if (!response.ok) throw new Error(`the host answers ${response.status} for ${file.path}`);
  await put(file, response);
}

async function put(file: SiteFile, response: Response): Promise<void> {
  const bytes = await response.arrayBuffer();
  if ((await sha256(bytes)) !== file.sha256) throw new Error(`the host has another version of ${file.path}`);
  const headers: Record<string, string> = {
    "Content-Type": response.headers.get("content-type") ?? "application/octet-stream",
    "Content-Length": String(bytes.byteLength),
  };
  for (const name of Object.keys(ISOLATION)) {
    const own = response.headers.get(name);
    if (own) headers[name] = own;
  }
  await (await cache()).put(keyOf(scope, file), new Response(bytes, { headers }));
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) if (!headers.has(name)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (!port) return;
  const reply = (message: Answer<Ask["kind"]>): void => port.postMessage(message);
  event.waitUntil(
    handle(event.data as Ask).then(
      (value) => reply({ value }),
      (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
    ),
  );
});

async function handle(ask: Ask): Promise<Answers[Ask["kind"]]> {
  switch (ask.kind) {
    case "files":
      return files();
    case "keep": {
      const file = byPath.get(ask.path);
      if (!file) throw new Error(`${ask.path} is no file of this build`);
      await keep(file);
      return true;
    }
    case "take-over":
      await self.skipWaiting();
      return true;
    case "tidy":
      return tidy();
  }
}

async function files(): Promise<KeptFile[]> {
  const keys = new Set((await (await cache()).keys()).map(({ url }) => url));
  return site.files.map((file) => ({ ...file, kept: keys.has(keyOf(scope, file)) }));
}

async function tidy(): Promise<number> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const own = pages.filter(({ url }) => url.startsWith(scope));
  const open = await Promise.all(own.map(buildOf));
  const store = await cache();
  const keys = (await store.keys()).map(({ url }) => url);
  const present = { build: site.build, keys: new Set(site.files.map((file) => keyOf(scope, file))) };
  const gone = planTidy(keys, present, open);
  await Promise.all(gone.map((key) => store.delete(key)));
  return gone.length;
}

/** Undefined where the page does not say: it may be of a build that did not know the question. */
function buildOf(page: Client): Promise<string | undefined> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), ANSWER_MS);
    port1.onmessage = ({ data }) => {
      clearTimeout(late);
      resolve(typeof data === "string" ? data : undefined);
    };
    page.postMessage({ kind: "which-build" } satisfies WhichBuild, [port2]);
  });
}
