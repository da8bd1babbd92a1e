import { Picture } from "../output/Picture";
import { formatCountOf } from "../parts/format";
import type { Colour, PictureSample } from "./usePictures";

/** A few pictures of train, as they are. */
export function Thumbnails({ sample, most }: { sample: PictureSample; most: number }) {
  return (
    <ul className="thumbnails" aria-label="Pictures of train">
      {sample.pictures.slice(0, most).map(({ bytes, label }, i) => (
        <li key={place(i)} title={label ?? undefined}>
          <Picture bytes={bytes} alt={label ? `A picture of class ${label}` : "A picture"} />
        </li>
      ))}
    </ul>
  );
}

/** The same a row a class, with the class's mean colour: do its pictures look like each other? */
export function ThumbnailsByClass({
  sample,
  classes,
  most,
}: {
  sample: PictureSample;
  classes: readonly string[];
  most: number;
}) {
  const named = classes.map((name) => ({ name, pictures: sample.pictures.filter(({ label }) => label === name) }));
  return (
    <ul className="class-pictures" aria-label="Pictures of train by class">
      {named
        .filter(({ pictures }) => pictures.length > 0)
        .map(({ name, pictures }) => {
          const colours = pictures.flatMap(({ colour }) => colour ?? []);
          const mean = colours.length > 0 ? css(averageOf(colours)) : undefined;
          return (
            <li key={name}>
              <span className="class-pictures-name">
                <span
                  aria-hidden
                  className="class-pictures-mean"
                  style={{ background: mean }}
                  title={mean && `mean colour of ${pictures.length} pictures, ${mean}`}
                />
                <span className="truncate">{name}</span>
              </span>
              <Thumbnails sample={{ ...sample, pictures }} most={most} />
            </li>
          );
        })}
    </ul>
  );
}

/** The sample's mean colours side by side, from dark to light. */
export function ColourStrip({ sample }: { sample: PictureSample }) {
  const colours = sample.pictures.flatMap(({ colour }) => colour ?? []).sort((a, b) => lightness(a) - lightness(b));
  if (colours.length === 0) return null;
  const mean = averageOf(colours);
  const words = `Mean colours of ${formatCountOf(colours.length, "picture")} of train from dark to light; over all of them ${css(mean)}`;
  return (
    <div className="colours">
      <span className="colours-mean" style={{ background: css(mean) }} title={`mean colour, ${css(mean)}`} />
      <span role="img" aria-label={words} title={words} className="colours-strip">
        {colours.map((colour, i) => (
          <span key={place(i)} style={{ background: css(colour) }} />
        ))}
      </span>
    </div>
  );
}

function averageOf(colours: readonly Colour[]): Colour {
  const mean = (channel: keyof Colour): number =>
    Math.round(colours.reduce((sum, colour) => sum + colour[channel], 0) / colours.length);
  return { red: mean("red"), green: mean("green"), blue: mean("blue") };
}

/** Luma of ITU-R BT.601. */
function lightness({ red, green, blue }: Colour): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function css({ red, green, blue }: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** A picture of a sample has no identity but its place. */
function place(index: number): string {
  return `picture ${index}`;
}
