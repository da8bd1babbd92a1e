import { useMemo } from "react";
import { Leaderboard } from "../../src/ui/output/Leaderboard";
import { ScoreView } from "../../src/ui/output/ScoreView";
import { Frame } from "./Frame";
import { members, planLines } from "./fixtures";
import { scoreOf } from "./scores";
import "./gallery.css";

const MANY = Array.from({ length: 40 }, (_, k) => `sense_${k + 1}`);
const HUNDRED = Array.from({ length: 100 }, (_, k) => `type ${k + 1}`);
const none = () => {};

/** What scores and ensembles look like, on both tracks, with few and with many classes. */
export function ScoreBoard() {
  const matching = useMemo(
    () =>
      scoreOf(
        ["0", "1"],
        2400,
        [
          { name: "auto", skill: 0.9, threshold: { value: 0.37, from: "out-of-fold", folds: 5 } },
          {
            name: "trees",
            skill: 0.86,
            boast: 1.6,
            threshold: { value: 0.42, from: "out-of-fold", folds: 5 },
            info: { reproducible: false },
          },
          {
            name: "linear",
            skill: 0.6,
            threshold: { value: 0.5, from: "cell", own: { value: 0.31, from: "out-of-fold" } },
          },
          {
            name: "baseline",
            skill: 0.3,
            threshold: { value: 0.5, from: "default" },
            info: { fitMs: 0, baseline: true },
          },
        ],
        { metric: "f1" },
      ),
    [],
  );
  const many = useMemo(
    () => scoreOf(MANY, 4000, [{ name: "auto", skill: 0.8, boast: 1.5 }], { metric: "log_loss" }),
    [],
  );
  const hundred = useMemo(
    () =>
      scoreOf(
        HUNDRED,
        6000,
        ["trees", "linear"].map((name, i) => ({ name, skill: 0.8 - 0.02 * i })),
        { metric: "macro_f1" },
      ),
    [],
  );
  return (
    <Frame>
      <div className="page">
        <h1>Scores</h1>
        <section>
          <h2>Members of an ensemble</h2>
          <div className="gallery-card">
            <Leaderboard members={members} plan={planLines} />
          </div>
        </section>
        <section>
          <h2>Matching</h2>
          <div className="gallery-card">
            <ScoreView name="result" value={matching} onQuery={none} />
          </div>
        </section>
        <section>
          <h2>Forty classes</h2>
          <div className="gallery-card">
            <ScoreView name="senses" value={many} onQuery={none} />
          </div>
        </section>
        <section>
          <h2>A hundred classes</h2>
          <div className="gallery-card">
            <ScoreView name="types" value={hundred} onQuery={none} />
          </div>
        </section>
      </div>
    </Frame>
  );
}
