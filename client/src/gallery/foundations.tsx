import { useEffect, useRef } from 'preact/hooks';

const COLOURS: Record<string, string[]> = {
  Grounds: ['paper', 'raised', 'sunken', 'accent-tint', 'wrong-tint', 'mark', 'code-paper'],
  Lines: ['line', 'line-strong'],
  Text: ['ink', 'ink-soft', 'ink-faint', 'accent', 'accent-strong', 'wrong'],
  Presence: ['good', 'away', 'busy'],
};
const TYPE = ['h1', 'h2', 'h3', 'read', 'l', 'm', 's', 'xs'];
const SPACE = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];

/** A piece that shows one token; its value is set from script, as the page allows no style attribute. */
const Shown = ({ token, class: name }: { token: string; class: string }) => {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => ref.current?.style.setProperty('--shown', `var(--${token})`), [token]);
  return <span ref={ref} class={name} />;
};

export const Colours = () => (
  <>
    {Object.entries(COLOURS).map(([group, names]) => (
      <div key={group} class="gallery-swatches">
        <p>{group}</p>
        <ul>
          {names.map((name) => (
            <li key={name}>
              <Shown token={name} class="gallery-swatch" />
              <code>{name}</code>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </>
);

export const Type = () => (
  <ul class="gallery-type">
    {TYPE.map((step) => (
      <li key={step}>
        <code>text-{step}</code>
        <span class={`gallery-text ${step}`}>Talk about what you know</span>
      </li>
    ))}
  </ul>
);

export const Space = () => (
  <ul class="gallery-space">
    {SPACE.map((step) => (
      <li key={step}>
        <code>{step}</code>
        <Shown token={step} class="gallery-step" />
      </li>
    ))}
  </ul>
);

export const Shapes = () => (
  <ul class="gallery-shapes">
    {['radius-s', 'radius-m', 'radius-l', 'round'].map((name) => (
      <li key={name}>
        <Shown token={name} class="gallery-radius" />
        <code>{name}</code>
      </li>
    ))}
    <li>
      <span class="gallery-shadow" />
      <code>shadow</code>
    </li>
  </ul>
);
