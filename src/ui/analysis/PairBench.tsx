import { useState } from "react";
import { Switch } from "../explore/Switch";
import { BlindLabels } from "./BlindLabels";
import { HardPairs } from "./HardPairs";
import type { PairsScored } from "./pairsScored";

const MODES = ["hardest first", "blind labelling"] as const;

/** For matching: look at pairs with what the model says of them, or label some without seeing that. */
export function PairBench(props: PairsScored) {
  const [mode, setMode] = useState<(typeof MODES)[number]>("hardest first");
  return (
    <>
      <div className="bench-modes">
        <Switch label="Pairs" options={MODES} chosen={mode} onChoose={setMode} />
      </div>
      {mode === "hardest first" ? <HardPairs {...props} /> : <BlindLabels {...props} />}
    </>
  );
}
