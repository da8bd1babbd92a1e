import { ChartColumn, Layers } from "lucide-react";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { App, Relation } from "../../app";
import { createProfiler, type Modality, type ProfiledColumn, type RowFilter, resultFrame } from "../../tasks";
import { useApp } from "../pages/useApp";
import { Button, IconButton } from "../parts/Button";
import { ModalityChip } from "../parts/Chip";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { ScrollBox } from "../parts/ScrollBox";
import { OTHER_CLASSES } from "../profiles/classColour";
import { Drawing } from "../profiles/ProfileCard";
import { ProfileFigures } from "../profiles/ProfileFigures";
import { ProfileLegend } from "../profiles/ProfileLegend";
import { createProfileStore, type ProfileState } from "../profiles/profileStore";
import "../profiles/profiles.css";

export interface ResultProfilesProps {
  task: string;
  relation: Relation;
  label: string;
  modalities: Readonly<Record<string, Modality | undefined>>;
  onFilter: (filter: RowFilter) => void;
  onChart: (column: string) => void;
}

/** What the columns of a cell's result hold, each computed when it comes into sight. A click on a bar filters the rows. */
export function ResultProfiles({ task, relation, label, modalities, onFilter, onChart }: ResultProfilesProps) {
  const app = useApp();
  const [byClass, setByClass] = useState(false);
  const { frame, store } = useMemo(
    () => profilesOf(app, task, relation, label, modalities),
    [app, task, relation, label, modalities],
  );
  useEffect(() => {
    const controller = new AbortController();
    store.work(controller.signal).catch(app.report);
    return () => controller.abort();
  }, [store, app]);
  const state = useSyncExternalStore(store.subscribe, store.get);
  const split = frame.parts?.validation.includes('"split" =') ?? false;
  const classNames = state.classes && [...state.classes.names, ...(state.classes.others > 0 ? [OTHER_CLASSES] : [])];
  const drawnOf = (column: string) => {
    const known = byClass ? state.byClass.get(column) : undefined;
    const own = known?.status === "ready" ? known.value : undefined;
    return { frame, classes: state.classes, classNames, counts: own?.counts, facts: own?.facts, onFilter };
  };
  return (
    <div className="result-profiles">
      {(frame.label !== "" || split) && (
        <div className="result-profiles-head">
          {(split || byClass) && <ProfileLegend classes={byClass ? classNames : undefined} />}
          {frame.label !== "" && (
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
          )}
        </div>
      )}
      <ScrollBox className="result-profiles-box" label="Columns">
        <ul className="profiles-list result-profiles-list" aria-label="Columns">
          {frame.columns.map((column) => (
            <Card
              key={column.name}
              column={column}
              state={state}
              drawn={drawnOf(column.name)}
              onSight={store.see}
              onChart={column.modality === "image" ? undefined : () => onChart(column.name)}
            />
          ))}
        </ul>
      </ScrollBox>
    </div>
  );
}

function profilesOf(
  app: App,
  task: string,
  relation: Relation,
  label: string,
  modalities: ResultProfilesProps["modalities"],
) {
  const frame = resultFrame(task, relation, label, (column) => modalities[column.name]);
  const profiler = createProfiler(frame, app.tasks.query);
  return { frame, store: createProfileStore(frame.columns, profiler, { idle: false }) };
}

interface CardProps {
  column: ProfiledColumn;
  state: ProfileState;
  drawn: Parameters<typeof Drawing>[0]["drawn"];
  onSight: (column: string, inSight: boolean) => void;
  onChart?: () => void;
}

function Card({ column, state, drawn, onSight, onChart }: CardProps) {
  const card = useRef<HTMLLIElement>(null);
  const { name, modality } = column;
  useEffect(() => {
    const element = card.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => onSight(name, entry.isIntersecting));
    observer.observe(element);
    return () => {
      observer.disconnect();
      onSight(name, false);
    };
  }, [name, onSight]);
  const profile = state.profiles.get(name);
  return (
    <li
      ref={card}
      className="profile result-profile"
      data-kind={modality}
      data-ready={profile !== undefined || undefined}
    >
      <div className="profile-about">
        <h4 className="profile-name">{name}</h4>
        <ModalityChip modality={modality} />
        {onChart && <IconButton small icon={ChartColumn} label={`Chart ${name}`} onClick={onChart} />}
      </div>
      <div className="profile-drawing">
        {!profile && <Skeleton height={64} />}
        {profile?.status === "failed" && <FaultView fault={profile.fault} />}
        {profile?.status === "ready" && <Drawing profile={profile.value} drawn={drawn} />}
      </div>
      {profile?.status === "ready" && (
        <ProfileFigures profile={profile.value} strength="none" onFilter={drawn.onFilter} />
      )}
    </li>
  );
}
