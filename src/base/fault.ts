/** Where a fault happened, as far as it is known. Lines and columns count from 1. */
export interface Place {
  cell?: string;
  file?: string;
  line?: number;
  column?: number;
}

/** A fault as plain data: what crosses a worker boundary, is stored in a cell's state and is shown. */
export interface FaultData {
  code: string;
  message: string;
  hint?: string;
  where?: Place;
}

/**
 * A failure that the user can act on. The message names the thing and quotes the value; the hint says the way out.
 * Anything else that is thrown is a bug; an abort (`AbortError`) is neither.
 */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: string;
  readonly hint?: string;
  readonly where?: Place;

  constructor(code: string, message: string, options: { hint?: string; where?: Place; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.hint !== undefined) this.hint = options.hint;
    if (options.where !== undefined) this.where = options.where;
  }

  /** The same fault with more known of its place; what it knew already stays. */
  at(place: Place): Fault {
    return new Fault(this.code, this.message, {
      hint: this.hint,
      where: { ...place, ...this.where },
      cause: this.cause,
    });
  }

  toData(): FaultData {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint !== undefined && { hint: this.hint }),
      ...(this.where !== undefined && { where: this.where }),
    };
  }

  static from(data: FaultData): Fault {
    return new Fault(data.code, data.message, { hint: data.hint, where: data.where });
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

export function abortError(): Error {
  const error = new Error("stopped");
  error.name = "AbortError";
  return error;
}

/** The promise's answer, or an AbortError as soon as the signal says so; the work behind it goes on for its other readers. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortError());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError();
}

/** Any thrown thing as fault data. A bug keeps its message under the code `bug`, so that it can be reported. */
export function faultDataOf(error: unknown): FaultData {
  if (error instanceof Fault) return error.toData();
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "bug", message, hint: "This is a defect of Polytab, not of your notebook. Please report it." };
}
