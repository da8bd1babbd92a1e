import { useState } from "react";
import { NARROW, useMedia } from "../parts/useMedia";

export interface Panels {
  leftOpen: boolean;
  rightOpen: boolean;
  setLeft: (open: boolean) => void;
  setRight: (open: boolean) => void;
}

const KEY = "polytab.folded";

/**
 * Which side panels are open. On wide screens the choice is kept between visits; a sheet at phone width starts closed
 * and its state is kept apart, so that a phone never opens under a panel.
 */
export function usePanels(): Panels {
  const narrow = useMedia(NARROW);
  const [folded, setFolded] = useState(readFolded);
  const [sheet, setSheet] = useState<"left" | "right">();
  const fold = (side: "left" | "right") => (open: boolean) => {
    if (narrow) return setSheet(open ? side : undefined);
    const next = { ...folded, [side]: !open };
    setFolded(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return {
    leftOpen: narrow ? sheet === "left" : !folded.left,
    rightOpen: narrow ? sheet === "right" : !folded.right,
    setLeft: fold("left"),
    setRight: fold("right"),
  };
}

function readFolded(): { left: boolean; right: boolean } {
  // Between phone and desk there is room for one panel beside a readable line of code.
  const roomy = window.matchMedia("(min-width: 1180px)").matches;
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    return { left: stored.left === true, right: typeof stored.right === "boolean" ? stored.right : !roomy };
  } catch {
    return { left: false, right: !roomy };
  }
}
