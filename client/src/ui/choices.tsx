export type Choice<T extends string> = { value: T; label: string };
type ChoicesProps<T extends string> = {
  legend: string;
  hint?: string;
  choices: Choice<T>[];
  value: T;
  onChoose: (value: T) => void;
};

/** One of a few. */
export function Choices<T extends string>({
  legend,
  hint,
  choices,
  value,
  onChoose,
}: ChoicesProps<T>) {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {hint && <p class="field-hint">{hint}</p>}
      <div>
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name={legend}
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type ToggleProps = { label: string; checked: boolean; onChange: (on: boolean) => void };
/** On or off. */
export const Toggle = ({ label, checked, onChange }: ToggleProps) => (
  <label class="choice">
    <input
      type="checkbox"
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
    <span>{label}</span>
  </label>
);
