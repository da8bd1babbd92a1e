import { Fault } from "../../base";

/** Where somebody says that a task, or a table, lies. */
export interface RemoteAddress {
  url: string;
  /** Whom the reader is asked about: `data.example.org`, with its port where that is not the usual one. */
  host: string;
  /** The last part of the path, for people and for what decides by a file's name. */
  name: string;
}

/**
 * Reads an address of a link; one without a host is relative to `base`. A folder means its `task.json`.
 * @throws Fault `remote-address` for what no page can fetch
 */
export function readAddress(text: string, base: string): RemoteAddress {
  const refuse = (message: string, hint: string): Fault => new Fault("remote-address", message, { hint });
  let url: URL;
  try {
    url = new URL(text.trim(), base);
  } catch (cause) {
    throw new Fault("remote-address", `"${text}" is no address`, {
      hint: "A link to a task ends in #task=https://host/folder/task.json.",
      cause,
    });
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refuse(`Cannot open a task from "${text}"`, "Addresses begin with https:// or http://.");
  if (url.username || url.password)
    throw refuse("The address has a name and a password in it", "Open it without: no page should carry them.");
  if (new URL(base).protocol === "https:" && url.protocol === "http:" && !isLocal(url.hostname))
    throw refuse(
      `A page that came by https cannot read ${url.host} by http`,
      "Ask for an https address, or download the folder and drop it here.",
    );
  url.hash = "";
  if (url.pathname.endsWith("/")) url.pathname += "task.json";
  const name = decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf("/") + 1));
  return { url: url.href, host: url.host, name };
}

/** What the address is of, by its name: a table that is read as it is, or a description that says where tables are. */
export function isTable({ name }: RemoteAddress): boolean {
  return /\.(?:parquet|pq|csv|tsv|tab|txt|gz|zip)$/i.test(name);
}

function isLocal(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}
