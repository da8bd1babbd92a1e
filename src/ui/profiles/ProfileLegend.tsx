import { classColour } from "./classColour";

/** Which mark is which: the splits', or the classes' colours. */
export function ProfileLegend({ classes }: { classes: readonly string[] | undefined }) {
  if (classes) {
    return (
      <ul className="profile-legend" aria-label="Classes of train by colour">
        {classes.map((name, i) => (
          <li key={name}>
            <span aria-hidden className="profile-swatch" style={{ background: classColour(classes, i) }} />
            {name}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="profile-legend" aria-label="What is drawn how, each split as shares of its own rows">
      <li>
        <span aria-hidden className="profile-swatch" /> train
      </li>
      <li>
        <span aria-hidden className="profile-stroke" /> validation
      </li>
      <li>
        <span aria-hidden className="profile-stroke" data-of="test" /> test
      </li>
    </ul>
  );
}
