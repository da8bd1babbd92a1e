import { describe, expect, it } from "vitest";
import { createCaller, type Port } from "../../base";
import { isTable, readAddress } from "./address";
import { readDescription } from "./description";
import type { RemoteCalls } from "./protocol";
import { serveRemote } from "./serve";

const PAGE = "https://polytab.example/app/";

describe("an address", () => {
  it.each([
    ["https://data.example/shop/task.json", "https://data.example/shop/task.json", "data.example", "task.json"],
    ["https://data.example/shop/", "https://data.example/shop/task.json", "data.example", "task.json"],
    [
      "https://data.example:8443/a%20b.parquet#x",
      "https://data.example:8443/a%20b.parquet",
      "data.example:8443",
      "a b.parquet",
    ],
    ["../other/task.json", "https://polytab.example/other/task.json", "polytab.example", "task.json"],
    ["http://localhost:5000/task.json", "http://localhost:5000/task.json", "localhost:5000", "task.json"],
  ])("%s", (text, url, host, name) => {
    expect(readAddress(text, PAGE)).toEqual({ url, host, name });
  });

  it.each([
    ["javascript:alert(1)", "begin with https"],
    ["file:///etc/passwd", "begin with https"],
    ["https://me:secret@data.example/task.json", "name and a password"],
    ["http://data.example/task.json", "by https cannot read"],
    ["https://[", "is no address"],
  ])("%s is refused, with the reason", (text, words) => {
    expect(() => readAddress(text, PAGE)).toThrow(expect.objectContaining({ code: "remote-address" }));
    try {
      readAddress(text, PAGE);
    } catch (error) {
      expect(`${(error as Error).message} ${(error as { hint?: string }).hint}`).toContain(words);
    }
  });

  it("tells tables from descriptions by its name", () => {
    const of = (text: string): boolean => isTable(readAddress(text, PAGE));
    expect(["a.parquet", "a.csv", "a.zip", "a.csv.gz"].map(of)).toEqual([true, true, true, true]);
    expect(["task.json", "croissant.json", "croissant"].map(of)).toEqual([false, false, false]);
  });
});

describe("a description", () => {
  const split = { rows: 3, parquet: "t.parquet", sha256: { parquet: "0".repeat(64) } };
  const task = {
    format: "polytab-task/1",
    id: "x",
    title: "X",
    track: "matching",
    description: "",
    licence: "MIT",
    attribution: [],
    source: "",
    columns: [{ name: "a", modality: "text" }],
    label: { column: "label" },
    metric: "f1",
    splits: { train: split, validation: split, test: { ...split, parquet: "../t%20est.parquet" } },
    records: { ...split, parquet: "records.parquet" },
  };
  const at = "https://data.example/shop/task.json";

  it("of a task names its tables by their addresses", () => {
    expect(readDescription(JSON.stringify(task), at)).toMatchObject({
      kind: "task",
      manifest: { id: "x" },
      tables: [
        { url: "https://data.example/shop/t.parquet", name: "t.parquet" },
        {},
        { url: "https://data.example/t%20est.parquet", name: "t est.parquet" },
        { name: "records.parquet" },
      ],
    });
  });

  const croissant = {
    "@type": "sc:Dataset",
    name: "shop",
    alternateName: "The shop",
    distribution: [
      { "@type": "cr:FileObject", contentUrl: "a.csv", encodingFormat: "text/csv", contentSize: "12 KB" },
      {
        "@type": "cr:FileObject",
        contentUrl: "a.parquet",
        encodingFormat: "application/x-parquet",
        contentSize: "1430 B",
      },
    ],
    recordSet: [{ field: [{ name: "kind", dataType: ["sc:Text", "cr:Label"], source: { extract: { column: "k" } } }] }],
  };

  it("in Croissant: Parquet before CSV, the label by its type", () => {
    expect(readDescription(JSON.stringify(croissant), at)).toEqual({
      kind: "croissant",
      title: "The shop",
      label: "k",
      licence: undefined,
      tables: [{ url: "https://data.example/shop/a.parquet", name: "a.parquet", bytes: 1430 }],
    });
  });

  it.each([
    ["<!doctype html>", "is a web page"],
    ["{", "is not JSON"],
    ['{"a": 1}', "neither a task nor a data set"],
    [JSON.stringify({ ...task, columns: [] }), "at columns"],
    [
      JSON.stringify({
        ...croissant,
        distribution: [{ "@type": "cr:FileSet", includes: "*.parquet", encodingFormat: "application/x-parquet" }],
      }),
      "no Parquet or CSV file by itself",
    ],
  ])("%s is refused", (text, words) => {
    expect(() => readDescription(text, at)).toThrow(words);
  });
});

describe("reading", () => {
  const body = Uint8Array.from({ length: 5000 }, (_, i) => i);
  const asked: { url: string; init: RequestInit }[] = [];
  function reader(answer: (url: string, init: RequestInit) => Promise<Response>) {
    const listeners: ((message: unknown) => void)[][] = [[], []];
    const side = (mine: number): Port => ({
      post: (message) => queueMicrotask(() => listeners[1 - mine].forEach((listener) => void listener(message))),
      listen: (listener) => listeners[mine].push(listener),
      onDeath: () => {},
    });
    serveRemote(side(1), (url, init) => {
      asked.push({ url, init });
      return answer(url, init);
    });
    return createCaller<RemoteCalls>(side(0));
  }
  const url = "https://data.example/a.parquet";

  it("sends no cookie and no referrer", async () => {
    const call = reader(async () => new Response(body));
    expect(await call("bytes", { url, name: "a.parquet", most: 9000 })).toEqual(body);
    expect(asked.at(-1)?.init).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
  });

  it("stops at the most that is wanted, whether or not the host tells the size", async () => {
    for (const headers of [{ "content-length": "5000" }, undefined]) {
      const call = reader(async () => new Response(body, { headers }));
      await expect(call("bytes", { url, name: "a.parquet", most: 4999 })).rejects.toMatchObject({
        code: "remote-large",
      });
    }
  });

  it("learns the size and whether there are ranges from one byte", async () => {
    const ranged = reader(
      async () => new Response(body.slice(0, 1), { status: 206, headers: { "content-range": "bytes 0-0/5000" } }),
    );
    expect(await ranged("size", { url })).toEqual({ bytes: 5000, ranges: true });
    const hidden = reader(async (_, { method }) =>
      method === "HEAD"
        ? new Response(null, { headers: { "content-length": "5000" } })
        : new Response(body.slice(0, 1), { status: 206 }),
    );
    expect(await hidden("size", { url })).toEqual({ bytes: 5000, ranges: true });
    const whole = reader(async () => new Response(body, { headers: { "content-length": "5000" } }));
    expect(await whole("size", { url })).toEqual({ bytes: 5000, ranges: false });
  });

  it("tells a host that refuses from one that lacks the file", async () => {
    const refusing = reader(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(refusing("text", { url, most: 10 })).rejects.toMatchObject({
      code: "remote-refused",
      hint: expect.stringContaining("Access-Control-Allow-Origin"),
    });
    const lacking = reader(async () => new Response(null, { status: 404 }));
    await expect(lacking("text", { url, most: 10 })).rejects.toThrow("data.example answers 404");
  });
});
