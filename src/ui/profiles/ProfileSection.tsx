import { ArrowDownWideNarrow, Layers } from "lucide-react";
import { useMemo, useState } from "react";
import type { Relation } from "../../app";
import { type ProfiledColumn, type RowFilter, strengthsCells, type TaskManifest } from "../../tasks";
import { Button } from "../parts/Button";
import { OTHER_CLASSES } from "./classColour";
import type { Drawn } from "./drawn";
import { MethodNote } from "./MethodNote";
import { NotebookButton } from "./NotebookButton";
import { ProfileCard } from "./ProfileCard";
import { ProfileLegend } from "./ProfileLegend";
import type { ProfileState } from "./profileStore";
import "./profiles.css";
import "./detail.css";
import { useProfiles } from "./useProfiles";
import { className } from "./words";

export interface ProfileSectionProps {
  manifest: TaskManifest;
  /** The columns of the train table. */
  train: Relation["columns"];
  /** Whether its rows are. */
  loaded: boolean;
  onFilter?: (filter: RowFilter) => void;
}

/** The columns of a task under their heading, each with its profile; split by class and ordered by strength on demand. */
export function ProfileSection({ manifest, train, loaded, onFilter }: ProfileSectionProps) {
  const { frame, store, state } = useProfiles(manifest, train, loaded);
  const [byClass, setByClass] = useState(false);
  const [byStrength, setByStrength] = useState(false);
  const matching = frame.track === "matching";
  const classNames = useMemo(() => {
    if (!state.classes) return undefined;
    const names = state.classes.names.map((name) => className(name, matching));
    return state.classes.others > 0 ? [...names, OTHER_CLASSES] : names;
  }, [state.classes, matching]);
  const columns = byStrength ? strongestFirst(frame.columns, state) : frame.columns;
  const done = frame.columns.filter((column) => state.strengths.has(column.name)).length;
  const drawnOf = (column: ProfiledColumn): Drawn => {
    const known = byClass ? state.byClass.get(column.name) : undefined;
    const own = known?.status === "ready" ? known.value : undefined;
    return {
      frame,
      classes: state.classes,
      classNames,
      counts: own?.counts,
      facts: own?.facts,
      onFilter,
    };
  };
  return (
    <div className="profiles">
      <div className="profiles-head">
        <h2 id="columns">Columns</h2>
        <div className="profiles-choices">
          <Button
            small
            look="quiet"
            icon={Layers}
            aria-pressed={byClass}
            onClick={() => {
              setByClass(!byClass);
              store.wantClasses(!byClass);
            }}
          >
            By class
          </Button>
          <Button
            small
            look="quiet"
            icon={ArrowDownWideNarrow}
            aria-pressed={byStrength}
            onClick={() => setByStrength(!byStrength)}
          >
            Strongest first
          </Button>
          {byStrength && (
            <NotebookButton
              iconOnly
              what="the strengths"
              frame={frame}
              cells={() => strengthsCells(columns.flatMap((column) => strengthOf(column, state)))}
            />
          )}
        </div>
      </div>
      <ProfileLegend classes={byClass ? classNames : undefined} />
      <ul className="profiles-list" aria-busy={done < frame.columns.length}>
        {columns.map((column) => (
          <ProfileCard
            key={column.name}
            column={column}
            profile={state.profiles.get(column.name)}
            strength={state.strengths.get(column.name)}
            drawn={drawnOf(column)}
            onSight={store.see}
          />
        ))}
      </ul>
      <MethodNote matching={matching} order={state.order} done={done} count={frame.columns.length} />
    </div>
  );
}

function strengthOf({ name }: ProfiledColumn, { strengths }: ProfileState) {
  const known = strengths.get(name);
  return known?.status === "ready" && known.value ? [{ column: name, strength: known.value }] : [];
}

/** Columns that are not scored yet keep their places behind those that are. */
function strongestFirst(columns: readonly ProfiledColumn[], { strengths }: ProfileState): ProfiledColumn[] {
  const score = ({ name }: ProfiledColumn): number => {
    const known = strengths.get(name);
    return known?.status === "ready" && known.value ? known.value.score : -1;
  };
  return [...columns].sort((a, b) => score(b) - score(a));
}
