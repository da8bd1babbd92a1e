import { z } from "../../base";

/** The hosts that the reader lets this page read tasks from, until they are taken back. */
export interface Hosts {
  list(): string[];
  has(host: string): boolean;
  /** Remembered in this browser; where it keeps nothing, until the tab is closed. */
  allow(host: string, remember: boolean): void;
  forget(host: string): void;
}

const KEY = "polytab-hosts";
const schema = z.array(z.string());

export function createHosts(storage: () => Pick<Storage, "getItem" | "setItem"> = () => localStorage): Hosts {
  const here = new Set<string>();
  const kept = (): string[] => {
    try {
      return schema.parse(JSON.parse(storage().getItem(KEY) ?? "[]"));
    } catch {
      return []; // a browser that keeps nothing, or what no version of this page wrote
    }
  };
  const keep = (hosts: readonly string[]): void => {
    try {
      storage().setItem(KEY, JSON.stringify(hosts));
    } catch {
      for (const host of hosts) here.add(host);
    }
  };
  return {
    list: () => [...new Set([...kept(), ...here])].sort(),
    has: (host) => here.has(host) || kept().includes(host),
    allow: (host, remember) => {
      here.add(host);
      if (remember && !kept().includes(host)) keep([...kept(), host]);
    },
    forget: (host) => {
      here.delete(host);
      keep(kept().filter((each) => each !== host));
    },
  };
}
