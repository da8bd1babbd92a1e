import { type DedicatedPort, ownPort } from "../base";
import { serveLearners } from "./serve";

/** A macrotask without the four milliseconds that nested timers wait. */
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
const pause = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

serveLearners(ownPort(self as unknown as DedicatedPort), { now: () => performance.now(), pause });
