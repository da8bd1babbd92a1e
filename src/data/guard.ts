/** What the engine's JavaScript may use to reach the network, as far as the guard replaces it. */
export interface NetworkScope {
  fetch: typeof fetch;
  XMLHttpRequest: typeof XMLHttpRequest;
}

export interface Guard {
  allow(url: string): void;
  /** From here on no URL at all is answered. */
  close(): void;
}

/**
 * Replaces `fetch` and `XMLHttpRequest` of a worker so that every URL that the app did not allow is answered with 403 and
 * never asked for. A status instead of an exception on purpose: throwing from a request took the whole tab down with
 * DuckDB-WASM 1.28.0, while a 403 becomes a clean SQL error.
 */
export function installGuard(scope: NetworkScope): Guard {
  const allowed = new Set<string>();
  const { fetch: realFetch, XMLHttpRequest: RealRequest } = scope;

  scope.fetch = async (input, init) => {
    const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    if (allowed.has(url)) return realFetch.call(scope, input, init);
    return new Response(null, { status: 403, statusText: "Refused by Polytab" });
  };

  scope.XMLHttpRequest = class extends RealRequest {
    #refused = true;

    override open(method: string, url: string | URL, async = true, user?: string | null, password?: string | null) {
      this.#refused = !allowed.has(String(url));
      if (!this.#refused) super.open(method, url, async, user, password);
    }
    override setRequestHeader(name: string, value: string) {
      if (!this.#refused) super.setRequestHeader(name, value);
    }
    override send(body?: XMLHttpRequestBodyInit | null) {
      if (!this.#refused) super.send(body);
      else this.onload?.call(this, new ProgressEvent("load"));
    }
    override getResponseHeader(name: string) {
      return this.#refused ? null : super.getResponseHeader(name);
    }
    override get status() {
      return this.#refused ? 403 : super.status;
    }
    override get statusText() {
      return this.#refused ? "Refused by Polytab" : super.statusText;
    }
    override get readyState() {
      return this.#refused ? 4 : super.readyState;
    }
    override get response() {
      return this.#refused ? new ArrayBuffer(0) : super.response;
    }
  };

  return { allow: (url) => void allowed.add(url), close: () => allowed.clear() };
}
