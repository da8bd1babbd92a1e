export { joinBytes } from "./bytes";
export type {
  Caller,
  CallOptions,
  DedicatedPort,
  Handlers,
  Port,
  Progress,
  Protocol,
  Serving,
  WorkerPort,
} from "./calls";
export { createCaller, ownPort, serveCalls, workerPort } from "./calls";
export { fetchEngine } from "./engine-file";
export type { FaultData, Place } from "./fault";
export { abortError, Fault, faultDataOf, isAbort, throwIfAborted, untilAborted } from "./fault";
export type { Hash } from "./hash";
export { hashOf } from "./hash";
export { damerauLevenshtein, levenshtein, nearestName, suggest } from "./levenshtein";
export { paced } from "./paced";
export type { Random } from "./random";
export { createRandom, hash32, shuffle } from "./random";
export { isSavingData } from "./saving-data";
export { readAs, z } from "./schema";
export type { Work } from "./work";
export { work } from "./work";
