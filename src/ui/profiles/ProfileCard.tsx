import { ChevronDown } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { agreementFilter, type ColumnProfile, drawingsOf, type ProfiledColumn, type Strength } from "../../tasks";
import { ModalityChip } from "../parts/Chip";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { AgreementBars } from "./AgreementBars";
import type { Drawn } from "./drawn";
import { MeasureBars } from "./MeasureDrawing";
import { Thumbnails } from "./Pictures";
import { ProfileDetail } from "./ProfileDetail";
import { ProfileFigures } from "./ProfileFigures";
import { pickValue } from "./pickValue";
import type { Known } from "./profileStore";
import { LeakWarning } from "./StrengthBar";
import { usePictures } from "./usePictures";
import { listedValues, ValueBars, valuesWords } from "./ValueBars";

export interface ProfileCardProps {
  column: ProfiledColumn;
  profile: Known<ColumnProfile> | undefined;
  strength: Known<Strength | undefined> | undefined;
  drawn: Drawn;
  /** Called when the card comes into sight and when it goes out of it. */
  onSight: (column: string, inSight: boolean) => void;
}

const FEW_VALUES = 5;

/** A column of the task: what it is, how its values are spread, and in full on demand. */
export function ProfileCard({ column, profile, strength, drawn, onSight }: ProfileCardProps) {
  const [open, setOpen] = useState(false);
  const card = useRef<HTMLLIElement>(null);
  const [seen, setSeen] = useState(false);
  const id = useId();
  useEffect(() => {
    const element = card.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        onSight(column.name, entry.isIntersecting);
        if (entry.isIntersecting) setSeen(true);
      },
      { rootMargin: "160px" },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      onSight(column.name, false);
    };
  }, [column.name, onSight]);
  const ready = profile?.status === "ready" ? profile.value : undefined;
  const asked = usePictures(drawn.frame, seen && ready?.modality === "image" ? ready : undefined);
  const pictures = asked.status === "ready" ? asked.value : undefined;
  return (
    <li ref={card} className="profile" data-kind={column.modality} data-ready={ready !== undefined || undefined}>
      <div className="profile-about">
        <h3 className="profile-name">{column.name}</h3>
        <ModalityChip modality={column.modality} />
        {column.description && <p className="profile-description">{column.description}</p>}
        <LeakWarning strength={strength} />
      </div>
      <div className="profile-drawing">
        {!profile && <Skeleton height={64} />}
        {profile?.status === "failed" && <FaultView fault={profile.fault} />}
        {ready && <Drawing profile={ready} drawn={drawn} />}
        {ready?.modality === "image" &&
          (pictures ? <Thumbnails sample={pictures} most={10} /> : <Skeleton height={30} />)}
        {ready?.pairs && (
          <AgreementBars
            name={column.name}
            pairs={ready.pairs}
            onPick={drawn.onFilter && ((how) => drawn.onFilter?.(agreementFilter(column, how)))}
          />
        )}
      </div>
      {ready && <ProfileFigures profile={ready} strength={strength} onFilter={drawn.onFilter} />}
      {ready && (
        <button
          type="button"
          className="profile-more"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`${column.name} in full`}
          onClick={() => setOpen(!open)}
        >
          <ChevronDown aria-hidden size={16} />
        </button>
      )}
      <div id={id} className="profile-full" hidden={!open}>
        {open && ready && <ProfileDetail profile={ready} drawn={drawn} strength={strength} pictures={pictures} />}
      </div>
    </li>
  );
}

/** The one drawing that stands for the column. */
export function Drawing({ profile, drawn }: { profile: ColumnProfile; drawn: Drawn }) {
  const { column } = profile;
  const counts = drawn.counts?.[0];
  const { onFilter } = drawn;
  if (profile.modality !== "categorical") {
    const [drawing] = drawingsOf(profile);
    return (
      <>
        <MeasureBars drawing={drawing} counts={counts} drawn={drawn} />
        {profile.modality === "text" && profile.examples.some.length > 0 && (
          <p className="profile-example truncate" title={profile.examples.some[0].text}>
            {profile.examples.some
              .slice(0, 3)
              .map(({ text }) => text)
              .join(" · ")}
          </p>
        )}
      </>
    );
  }
  const listed = listedValues(profile.values, FEW_VALUES);
  return (
    <ValueBars
      summary={valuesWords(column.name, profile.values)}
      profile={profile.values}
      most={FEW_VALUES}
      classes={counts && drawn.classNames && { counts, names: drawn.classNames }}
      onPick={onFilter && ((picked) => onFilter(pickValue(column, picked, listed)))}
    />
  );
}
