import "./controls.css";

export interface SwitchProps<T extends string> {
  /** What is chosen here: the group's accessible name. */
  label: string;
  options: readonly T[];
  chosen: T;
  onChoose: (option: T) => void;
}

/** One of a few, all in sight. */
export function Switch<T extends string>({ label, options, chosen, onChoose }: SwitchProps<T>) {
  return (
    <fieldset className="switch">
      <legend className="unseen">{label}</legend>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={option === chosen} onClick={() => onChoose(option)}>
          {option}
        </button>
      ))}
    </fieldset>
  );
}
