import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A host of the attacker's: it answers everything, allows everything, and remembers who came. */
export interface Listener {
  url: string;
  /** Paths that were asked for, `udp` for a datagram, `connection` for each connection. */
  heard: string[];
  /** What it serves under `/page`. */
  page: string;
  close(): Promise<void>;
}

export async function openListener(): Promise<Listener> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    heard.push(path);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cache-Control", "no-store");
    if (path.startsWith("/page")) response.setHeader("Content-Type", "text/html").end(listener.page);
    else if (request.headers.accept === "text/event-stream")
      response.setHeader("Content-Type", "text/event-stream").end("data: 1\n\n");
    else response.setHeader("Content-Type", "text/javascript").end("globalThis.postMessage?.(1)");
  });
  server.on("connection", () => heard.push("connection"));
  server.on("upgrade", (request, socket) => {
    heard.push(request.url ?? "");
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const socket = createSocket("udp4", () => heard.push("udp"));
  await new Promise<void>((bound) => socket.bind(port, "127.0.0.1", bound));
  const listener: Listener = {
    url: `http://127.0.0.1:${port}/`,
    heard,
    page: "",
    close: () =>
      new Promise((closed) => {
        socket.close();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return listener;
}
