export type { Offline, OfflineOptions } from "./client";
export { startOffline, whyNot } from "./client";
export { groupOf } from "./plan";
export type { Group, KeptFile, SiteFile, SiteFiles } from "./protocol";
