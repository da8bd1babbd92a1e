/** Calls back when the page has nothing to do, at the latest `timeout` ms from now where one is given. */
export function whenIdle(go: () => void, timeout?: number): void {
  if ("requestIdleCallback" in window) requestIdleCallback(go, { timeout });
  else setTimeout(go, 50); // Safari has no idle callbacks
}
