import { Fault, joinBytes, type Progress, paced, throwIfAborted } from "../base";
import { digestOf } from "../inference";

export interface DownloadOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Expected SHA-256: a file that differs is damaged, or is another one. */
  sha256?: string;
  /** Bytes expected, for the progress; the response's own length where it is not given. */
  bytes?: number;
}

/**
 * A file of the app's own folder as bytes, whole and checked.
 * @throws Fault `file-missing`, `file-damaged`, `file-unreachable`, each naming the file
 */
export async function download(file: string, options: DownloadOptions = {}): Promise<Uint8Array> {
  const { signal } = options;
  const onProgress = options.onProgress && paced(options.onProgress, () => performance.now());
  const response = await fetchFile(file, signal);
  const total = options.bytes ?? Number(response.headers.get("content-length") ?? 0);
  const pieces: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      pieces.push(next.value);
      received += next.value.length;
      onProgress?.({ done: total > 0 ? Math.min(1, received / total) : 0, note: `${megabytes(received)} of ${file}` });
    }
  } catch (cause) {
    throwIfAborted(signal);
    throw new Fault("file-unreachable", `Loading ${file} broke off after ${megabytes(received)}`, {
      hint: "Check the connection and try again.",
      where: { file },
      cause,
    });
  }
  const bytes = joinBytes(pieces);
  if (options.sha256 !== undefined && (await digestOf(bytes)) !== options.sha256) {
    throw new Fault(
      "file-damaged",
      `${file} is damaged: its ${megabytes(received)} are not what its manifest describes`,
      {
        hint: "Make the samples anew (npm run samples) or fetch the task folder again, and reload the page.",
        where: { file },
      },
    );
  }
  return bytes;
}

/**
 * The size in bytes of a file of the app's own folder, without fetching it; `undefined` where the host does not say.
 * @throws Fault `file-missing`, `file-unreachable`
 */
export async function fileSize(file: string, signal?: AbortSignal): Promise<number | undefined> {
  const { headers } = await fetchFile(file, signal, "HEAD");
  // Hosts that answer every path with their index page have no such file.
  if (/^text\/html/.test(headers.get("content-type") ?? "") && !file.endsWith(".html")) throw missing(file, 404);
  const size = headers.get("content-encoding") ? Number.NaN : Number(headers.get("content-length") ?? Number.NaN);
  return Number.isFinite(size) ? size : undefined;
}

/** A JSON file of the app's own folder. */
export async function downloadJson(file: string, signal?: AbortSignal): Promise<unknown> {
  const text = await (await fetchFile(file, signal)).text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Hosts that answer every path with their index page end here too.
    const missing = text.trimStart().startsWith("<");
    throw new Fault(missing ? "file-missing" : "file-damaged", missing ? `${file} is missing` : `${file} is not JSON`, {
      hint: "Make the samples anew (npm run samples) and reload the page.",
      where: { file },
      cause,
    });
  }
}

export async function downloadText(file: string, signal?: AbortSignal): Promise<string> {
  return (await fetchFile(file, signal)).text();
}

async function fetchFile(file: string, signal?: AbortSignal, method: "GET" | "HEAD" = "GET"): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new URL(file, document.baseURI), { signal, method });
  } catch (cause) {
    throwIfAborted(signal);
    throw new Fault("file-unreachable", `${file} cannot be reached`, {
      hint: "Check the connection and try again.",
      where: { file },
      cause,
    });
  }
  if (!response.ok) throw missing(file, response.status);
  return response;
}

function missing(file: string, status: number): Fault {
  return new Fault("file-missing", `${file} is missing (the host answers ${status})`, {
    hint: "Make the samples (npm run samples), or check that the whole folder was published.",
    where: { file },
  });
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
