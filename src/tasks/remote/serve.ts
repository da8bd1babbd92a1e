import { Fault, joinBytes, type Port, type Progress, serveCalls, throwIfAborted } from "../../base";
import type { RemoteCalls } from "./protocol";

/** Answers calls by fetching from other hosts. */
export function serveRemote(port: Port, fetcher: (url: string, init: RequestInit) => Promise<Response>): void {
  const ask = async (url: string, signal: AbortSignal, headers?: HeadersInit): Promise<Response> => {
    const { host } = new URL(url);
    let response: Response;
    try {
      response = await fetcher(url, {
        signal,
        headers,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        mode: "cors",
      });
    } catch (cause) {
      throwIfAborted(signal);
      // A browser does not tell a page which of the two it was.
      throw new Fault("remote-refused", `Cannot read ${url}`, {
        hint: `${host} does not answer, or does not let other pages read it (it has to send Access-Control-Allow-Origin). You can download the files and drop them here.`,
        cause,
      });
    }
    if (response.ok) return response;
    throw new Fault("remote-missing", `${host} answers ${response.status} for ${url}`, {
      hint: response.status === 404 ? "The address may be misspelt, or the file was moved." : "Try again later.",
    });
  };
  serveCalls<RemoteCalls>(port, {
    text: async ({ url, most }, { signal }) => {
      const bytes = await read(await ask(url, signal), { url, most, signal });
      return new TextDecoder().decode(bytes);
    },
    size: async ({ url }, { signal }) => {
      const response = await ask(url, signal, { Range: "bytes=0-0" });
      await response.body?.cancel();
      const ranges = response.status === 206;
      // Not every host lets other pages read Content-Range: then the size is told by a request for none of it.
      const told = ranges ? /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1] : lengthOf(response);
      if (told !== undefined) return { bytes: Number(told), ranges };
      const length = lengthOf(
        await fetcher(url, { signal, method: "HEAD", credentials: "omit", referrerPolicy: "no-referrer" }),
      );
      return { bytes: length === undefined ? undefined : Number(length), ranges };
    },
    bytes: async ({ url, name, most }, { signal, progress, transfer }) => {
      const bytes = await read(await ask(url, signal), { url, most, signal, name, progress });
      transfer([bytes.buffer]);
      return bytes;
    },
  });
}

function lengthOf({ headers }: Response): string | undefined {
  return headers.get("content-encoding") ? undefined : (headers.get("content-length") ?? undefined);
}

interface ReadOptions {
  url: string;
  most: number;
  signal: AbortSignal;
  name?: string;
  progress?: (progress: Progress) => void;
}

async function read(response: Response, { url, most, signal, name = url, progress }: ReadOptions): Promise<Uint8Array> {
  const total = Number(lengthOf(response) ?? 0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const large = (): Fault =>
    new Fault("remote-large", `${name} is larger than ${megabytes(most)}`, {
      hint: "Open its Parquet file by its own address, and take some of its rows or columns.",
    });
  if (total > most) throw large();
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      pieces.push(next.value);
      length += next.value.length;
      if (length > most) throw large();
      progress?.({ done: total > 0 ? Math.min(1, length / total) : 0, note: `${megabytes(length)} of ${name}` });
    }
  } catch (cause) {
    await reader?.cancel().catch(() => {});
    throwIfAborted(signal);
    if (cause instanceof Fault) throw cause;
    throw new Fault("remote-broken", `Loading ${name} broke off after ${megabytes(length)}`, {
      hint: "Check the connection and try again.",
      cause,
    });
  }
  return joinBytes(pieces);
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
