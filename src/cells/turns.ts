import type { Turns } from "../learners";

/** How a cell that computes on the page lets clicks and drawing have their turn: a frame is 16 ms. */
export const PAGE_TURNS: Turns = {
  slice: 8,
  now: () => performance.now(),
  // A message, for timers wait: 4 ms when nested, a second in a tab in the background.
  pause: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }),
};
