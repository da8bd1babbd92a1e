import { createReadStream, type Stats, statSync } from "node:fs";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, isIPv4 } from "node:net";
import { extname, join, resolve, sep } from "node:path";
import { Fault } from "../src/base/fault";

export interface ServeOptions {
  /** The folder whose files are served. */
  folder: string;
  /** 0 takes any free port. */
  port?: number;
  /** Where `port` is taken, try the ports after it. */
  orNext?: boolean;
  host?: string;
  /** The path under which the folder stands, `/` or `/some/path/`. */
  base?: string;
  /** Sends the headers of cross-origin isolation, as a well set-up host does; without them, as most static hosts do. */
  isolated?: boolean;
  /** Lets pages of other hosts read the files. */
  cors?: boolean;
  /** Told of each answer. */
  onAnswer?: (answer: Answered) => void;
}

export interface Answered {
  method: string;
  path: string;
  status: number;
  /** Of the file, in the answer's body. */
  bytes: number;
}

export interface Served {
  /** Where the folder's `index.html` is, with the base and a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".parquet": "application/vnd.apache.parquet",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/**
 * A static host as small as the ones that Polytab is made for: files, byte ranges (DuckDB and Parquet read by them),
 * validators, and nothing of single-page fallbacks, since every route is in the fragment.
 *
 * @throws Fault `port-taken`, `bad-base`
 */
export async function serveFolder(options: ServeOptions): Promise<Served> {
  const { host = "127.0.0.1", port = 0, base = "/", isolated = true } = options;
  if (!/^\/([\w.~-]+\/)*$/.test(base))
    throw new Fault("bad-base", `Cannot serve under "${base}".`, {
      hint: "A base starts and ends with a slash: /some/path/",
    });
  const folder = resolve(options.folder);
  const server = createServer((request, response) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (isolated) for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    if (options.cors) response.setHeader("Access-Control-Allow-Origin", "*");
    const answer = answerTo(request, folder, base);
    const isHead = request.method === "HEAD";
    const bytes = answer.body && !isHead ? answer.body.last - answer.body.start + 1 : 0;
    options.onAnswer?.({ method: request.method ?? "", path: request.url ?? "", status: answer.status, bytes });
    send(answer, response, isHead);
  });
  await listen(server, host, port, options.orNext ? 20 : 1);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${isIPv4(host) ? host : `[${host}]`}:${address.port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, host: string, port: number, tries: number): Promise<void> {
  for (let at = port; at < port + tries; at++) {
    const code = await new Promise<string | undefined>((done) => {
      const failed = (error: NodeJS.ErrnoException) => done(error.code ?? "unknown");
      server.once("error", failed);
      server.listen(at, host, () => {
        server.off("error", failed);
        done(undefined);
      });
    });
    if (!code) return;
    if (code !== "EADDRINUSE" && code !== "EACCES")
      throw new Fault("cannot-listen", `Cannot listen on ${host}:${at} (${code}).`, { hint: "Choose another --port." });
  }
  const range = tries > 1 ? `Ports ${port} to ${port + tries - 1} are` : `Port ${port} is`;
  throw new Fault("port-taken", `${range} taken on ${host}.`, { hint: "Choose another with --port." });
}

/** An answer as data: which status and headers, and which bytes of which file. */
interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: { file: string; start: number; last: number };
}

function answerTo(request: IncomingMessage, folder: string, base: string): Answer {
  if (request.method !== "GET" && request.method !== "HEAD") return { status: 405, headers: { Allow: "GET, HEAD" } };
  const path = pathOf(request.url ?? "/");
  if (path !== undefined && `${path}/` === base) return { status: 301, headers: { Location: base } };
  if (!path?.startsWith(base)) return { status: 404 };
  const file = resolve(folder, `.${sep}${path.slice(base.length)}`, path.endsWith("/") ? "index.html" : "");
  if (!file.startsWith(folder + sep)) return { status: 404 };
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? answerWith(file, stat, request.headers) : { status: 404 };
}

/** The decoded path without its query, or undefined where it is damaged. */
function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split("?")[0]);
    return path.includes("\0") ? undefined : path;
  } catch {
    return undefined;
  }
}

function answerWith(file: string, stat: Stats, asked: IncomingHttpHeaders): Answer {
  const tag = `"${stat.size.toString(16)}-${Math.trunc(stat.mtimeMs).toString(16)}"`;
  const isHashed = file.includes(join(sep, "assets", sep)); // Vite writes the content's hash into these names
  const headers = {
    ETag: tag,
    "Accept-Ranges": "bytes",
    "Cache-Control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
  };
  if (asked["if-none-match"] === tag) return { status: 304, headers };
  const isSame = (asked["if-range"] ?? tag) === tag;
  const range = isSame ? rangeOf(asked.range, stat.size) : undefined;
  if (range === "outside") return { status: 416, headers: { ...headers, "Content-Range": `bytes */${stat.size}` } };

  const { start, last } = range ?? { start: 0, last: stat.size - 1 };
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      "Content-Length": String(last - start + 1),
      ...(range && { "Content-Range": `bytes ${start}-${last}/${stat.size}` }),
    },
    body: { file, start, last },
  };
}

/**
 * One byte range of RFC 9110, section 14.1.2: `bytes=0-99`, `bytes=100-`, `bytes=-100`. Several ranges at once, or a
 * unit other than bytes, are answered with the whole file, which the RFC allows.
 */
function rangeOf(header: string | undefined, size: number): { start: number; last: number } | "outside" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (!match[1] && !match[2])) return undefined;
  const isSuffix = !match[1];
  const start = isSuffix ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = isSuffix || !match[2] ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start < size && start <= last ? { start, last } : "outside";
}

function send({ status, headers, body }: Answer, response: ServerResponse, isHead: boolean): void {
  response.writeHead(status, headers);
  if (!body || isHead || body.last < body.start) {
    response.end();
    return;
  }
  const stream = createReadStream(body.file, { start: body.start, end: body.last });
  stream.once("error", () => response.destroy());
  response.once("close", () => stream.destroy());
  stream.pipe(response);
}

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, "127.0.0.1", 0, 1);
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
