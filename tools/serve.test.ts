import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serveFolder } from "./serve";

const outer = mkdtempSync(join(tmpdir(), "polytab-serve-"));
const folder = join(outer, "site");
let plain: Served;
let nested: Served;

beforeAll(async () => {
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(outer, "secret.txt"), "not served");
  writeFileSync(join(folder, "index.html"), "<p>home</p>");
  writeFileSync(join(folder, "rows.parquet"), "0123456789");
  writeFileSync(join(folder, "empty.csv"), "");
  writeFileSync(join(folder, "assets/engine-1a2b.wasm"), "\0asm");
  plain = await serveFolder({ folder });
  nested = await serveFolder({ folder, base: "/some/path/", isolated: false });
});

afterAll(async () => {
  await Promise.all([plain.close(), nested.close()]);
  rmSync(outer, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(new URL(path, plain.url), { headers, method });

describe("the static server", () => {
  it("serves index.html for the folder, with the headers of cross-origin isolation", async () => {
    const response = await get("");
    expect(await response.text()).toBe("<p>home</p>");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(response.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  });

  it("serves under a sub-path, without isolation, and nothing beside it", async () => {
    const response = await fetch(nested.url);
    expect(nested.url).toMatch(/\/some\/path\/$/);
    expect(await response.text()).toBe("<p>home</p>");
    expect(response.headers.get("cross-origin-embedder-policy")).toBeNull();
    expect((await fetch(new URL("/", nested.url))).status).toBe(404);
    expect((await fetch(nested.url.slice(0, -1), { redirect: "manual" })).headers.get("location")).toBe("/some/path/");
  });

  it("types wasm so that it streams, and lets hashed files be kept for ever but no others", async () => {
    const wasm = await get("assets/engine-1a2b.wasm");
    expect(wasm.headers.get("content-type")).toBe("application/wasm");
    expect(wasm.headers.get("cache-control")).toContain("immutable");
    expect((await get("rows.parquet")).headers.get("cache-control")).toBe("no-cache");
  });

  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=8-99", 206, "89", "bytes 8-9/10"],
    ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=0-1,4-5", 200, "0123456789", null],
    ["rows=0-1", 200, "0123456789", null],
  ])("answers the range %s with %i", async (range, status, body, contentRange) => {
    const response = await get("rows.parquet", { range });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
    expect(response.headers.get("content-range")).toBe(contentRange);
  });

  it("says sizes to HEAD without a body, and serves an empty file", async () => {
    const head = await get("rows.parquet", {}, "HEAD");
    expect(head.headers.get("content-length")).toBe("10");
    expect(await head.text()).toBe("");
    const empty = await get("empty.csv");
    expect([empty.status, await empty.text()]).toEqual([200, ""]);
  });

  it("answers 304 to what is unchanged, and the whole file to a range of an older version", async () => {
    const etag = (await get("rows.parquet")).headers.get("etag")!;
    expect((await get("rows.parquet", { "if-none-match": etag })).status).toBe(304);
    expect((await get("rows.parquet", { range: "bytes=0-1", "if-range": '"older"' })).status).toBe(200);
    expect((await get("rows.parquet", { range: "bytes=0-1", "if-range": etag })).status).toBe(206);
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets",
    "/missing.js",
    "/%E0%A4%A",
    "/a%00b",
  ])("answers 404 to %s", async (path) => {
    // fetch would tidy the path up before sending it
    const status = await new Promise((done) => {
      const { hostname, port } = new URL(plain.url);
      request({ hostname, port, path }, (response) => done(response.resume().statusCode)).end();
    });
    expect(status).toBe(404);
  });

  it("refuses to change anything", async () => {
    expect((await get("rows.parquet", {}, "PUT")).status).toBe(405);
  });

  it("names a taken port and the way out, or takes the next one where it may", async () => {
    const port = Number(new URL(plain.url).port);
    await expect(serveFolder({ folder, port })).rejects.toMatchObject({
      code: "port-taken",
      message: `Port ${port} is taken on 127.0.0.1.`,
      hint: expect.stringContaining("--port"),
    });
    const next = await serveFolder({ folder, port, orNext: true });
    expect(Number(new URL(next.url).port)).toBeGreaterThan(port);
    await next.close();
  });

  it("refuses a base that is not a path", async () => {
    await expect(serveFolder({ folder, base: "some/path" })).rejects.toMatchObject({ code: "bad-base" });
  });
});
