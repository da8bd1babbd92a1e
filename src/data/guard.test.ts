import { describe, expect, it } from "vitest";
import { installGuard, type NetworkScope } from "./guard";

/** A worker's network that writes down what it was asked for. */
function fakeScope() {
  const asked: string[] = [];
  class FakeRequest {
    #url = "";
    open(_: string, url: string | URL) {
      this.#url = String(url);
    }
    setRequestHeader() {}
    send() {
      asked.push(this.#url);
    }
    getResponseHeader(name: string) {
      return `real ${name}`;
    }
    get status() {
      return 200;
    }
  }
  const scope = {
    fetch: async (input: string | URL | Request) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return new Response("real");
    },
    XMLHttpRequest: FakeRequest,
  } as unknown as NetworkScope;
  return { asked, scope };
}

const URL_IN = "https://app.example/duckdb.wasm";
const URL_OUT = "https://elsewhere.example/?secret";

describe("the guard of the data worker", () => {
  it("answers what the app allowed, and refuses the rest without asking for it", async () => {
    const { asked, scope } = fakeScope();
    const guard = installGuard(scope);
    guard.allow(URL_IN);
    expect((await scope.fetch(URL_IN)).status).toBe(200);
    expect((await scope.fetch(URL_OUT)).status).toBe(403);
    expect((await scope.fetch(new URL(`${URL_IN}?more`))).status).toBe(403);
    expect((await scope.fetch(new Request(URL_OUT))).status).toBe(403);
    expect(asked).toEqual([URL_IN]);
  });

  it("answers 403 to a synchronous request, as the engine makes them, and does not throw", () => {
    const { asked, scope } = fakeScope();
    installGuard(scope);
    for (const method of ["HEAD", "GET", "PUT"]) {
      const request = new scope.XMLHttpRequest();
      request.open(method, URL_OUT, false);
      request.setRequestHeader("Range", "bytes=0-");
      request.send(null);
      expect(request.status).toBe(403);
      expect(request.getResponseHeader("Content-Length")).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  it("lets an allowed request through, until it closes", () => {
    const { asked, scope } = fakeScope();
    const guard = installGuard(scope);
    guard.allow(URL_IN);
    const send = () => {
      const request = new scope.XMLHttpRequest();
      request.open("GET", URL_IN, false);
      request.send();
      return request.status;
    };
    expect(send()).toBe(200);
    guard.close();
    expect(send()).toBe(403);
    expect(asked).toEqual([URL_IN]);
  });
});
