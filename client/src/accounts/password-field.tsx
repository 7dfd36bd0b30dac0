import { useState } from 'preact/hooks';
import { Field } from '../ui/field.tsx';
import { strengthOf } from './password.ts';
import './sign-in.css';

type PasswordProps = {
  label?: string;
  autocomplete: 'new-password' | 'current-password';
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  /** Shows how good it is; the names that must not be in it. */
  meter?: string[];
};

export const PasswordField = ({
  label = 'Password',
  autocomplete,
  value,
  onValue,
  error,
  meter,
}: PasswordProps) => {
  const [visible, setVisible] = useState(false);
  return (
    <div class="password">
      <Field
        label={label}
        name="password"
        type={visible ? 'text' : 'password'}
        autocomplete={autocomplete}
        required
        error={error}
        hint={meter && <Meter password={value} names={meter} />}
        value={value}
        onValue={onValue}
      />
      <button
        type="button"
        class="text-button password-show"
        aria-pressed={visible}
        onClick={() => setVisible(!visible)}
      >
        {visible ? 'Hide' : 'Show'}
      </button>
    </div>
  );
};

const Meter = ({ password, names }: { password: string; names: string[] }) => {
  const { level, word, hint } = strengthOf(password, names);
  return (
    <span class="meter" role="status">
      <span class={`meter-bar level-${password ? level + 1 : 0}`} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </span>
      <span>
        {word && <strong>{word}.</strong>} {hint}
      </span>
    </span>
  );
};
