import { useCallback, useSyncExternalStore } from "react";

/** Below this the side panels are sheets and the header keeps to its essentials. */
export const NARROW = "(max-width: 860px)";
/** A finger: menus in place of hover, plain text editing. */
export const COARSE = "(pointer: coarse)";

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
