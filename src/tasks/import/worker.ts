import { type DedicatedPort, ownPort } from "../../base";
import { serveImport } from "./serve";

serveImport(ownPort(self as unknown as DedicatedPort));
