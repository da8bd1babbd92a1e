import { type DedicatedPort, ownPort } from "../../base";
import { serveRemote } from "./serve";

serveRemote(ownPort(self as unknown as DedicatedPort), (url, init) => fetch(url, init));
