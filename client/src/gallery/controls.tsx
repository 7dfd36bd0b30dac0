import { Heart, MessageCircle, PenLine, Settings, UserPlus } from 'lucide';
import { useState } from 'preact/hooks';
import { IconButton } from '../ui/button.tsx';
import { Choices, Toggle } from '../ui/choices.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';

const KINDS = ['', 'outline', 'quiet', 'danger'];

export const Buttons = () => (
  <>
    {KINDS.map((kind) => (
      <p key={kind} class="gallery-row">
        <button type="button" class={`button ${kind}`}>
          <Icon of={UserPlus} size={18} />
          {kind || 'main'}
        </button>
        <button type="button" class={`button ${kind}`}>
          Words alone
        </button>
        <button type="button" class={`button small ${kind}`}>
          Small
        </button>
        <button type="button" class={`button ${kind}`} disabled>
          Disabled
        </button>
      </p>
    ))}
    <p class="gallery-row">
      <button type="button" class="text-button">
        Text button
      </button>
      <a href="#buttons">A link in text</a>
    </p>
  </>
);

export const IconButtons = () => (
  <p class="gallery-row">
    <IconButton icon={Heart} label="At rest" />
    <IconButton icon={Settings} label="Open" aria-expanded />
    <IconButton icon={PenLine} label="Disabled" disabled />
    <Icon of={MessageCircle} size={16} />
    <Icon of={MessageCircle} />
    <Icon of={MessageCircle} size={28} />
  </p>
);

export const Fields = () => {
  const [name, setName] = useState('');
  const [mail, setMail] = useState('ana@example');
  return (
    <div class="gallery-fields">
      <Field label="Empty" placeholder="What it looks like" value={name} onValue={setName} />
      <Field
        label="With a hint"
        hint="Others see it beside your responses."
        value="Ana Lindqvist"
        onValue={() => undefined}
      />
      <Field
        label="With an error"
        error="This is no email address."
        value={mail}
        onValue={setMail}
      />
      <label class="field">
        <span class="field-label">A longer text</span>
        <textarea class="input" rows={3}>
          Several lines, and a corner to pull.
        </textarea>
      </label>
    </div>
  );
};

export const Choosing = () => {
  const [look, setLook] = useState('calm');
  const [on, setOn] = useState(true);
  const [off, setOff] = useState(false);
  return (
    <>
      <Choices
        legend="One of a few"
        hint="Each choice is stored as it is made."
        choices={[
          { value: 'calm', label: 'Calm' },
          { value: 'lively', label: 'Lively' },
          { value: 'none', label: 'None' },
        ]}
        value={look}
        onChoose={setLook}
      />
      <Toggle label="Switched on" checked={on} onChange={setOn} />
      <Toggle label="Switched off" checked={off} onChange={setOff} />
    </>
  );
};
