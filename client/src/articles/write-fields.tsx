import { useEffect, useRef, useState } from 'preact/hooks';
import { ErrorNote } from '../ui/notes.tsx';
import { readTags } from './tag-words.ts';
import type { Writing } from './writing.ts';

/** The contract's limits. */
const TITLE_MAX = 150;
const BODY_MAX = 200_000;

export const WriteFields = ({ writing }: { writing: Writing }) => {
  const { title, body } = writing.draft.value;
  const errors = writing.errors.value;
  return (
    <div class="write-fields">
      <GrowingText
        class="write-title"
        label="Title"
        placeholder="Title"
        value={title}
        max={TITLE_MAX}
        singleLine
        onValue={(value) => writing.type({ title: value })}
      />
      {errors['title'] && <ErrorNote>{errors['title']}</ErrorNote>}
      <TagsField writing={writing} />
      <GrowingText
        class="write-body"
        label="Text, in Markdown"
        placeholder={
          'Write in Markdown.\n\n## A heading\n\nSome **bold** words, `code`, a [link](https://…)'
        }
        value={body}
        max={BODY_MAX}
        onValue={(value) => writing.type({ body: value })}
      />
      {errors['body'] && <ErrorNote>{errors['body']}</ErrorNote>}
    </div>
  );
};

type TextProps = {
  class: string;
  label: string;
  placeholder: string;
  value: string;
  max: number;
  singleLine?: boolean;
  onValue: (value: string) => void;
};

/** A box as high as its text: the page scrolls, not the box. */
const GrowingText = ({
  class: name,
  label,
  value,
  max,
  singleLine,
  onValue,
  ...rest
}: TextProps) => {
  const ref = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const { scrollY } = window;
    box.style.setProperty('height', 'auto');
    box.style.setProperty('height', `${box.scrollHeight}px`);
    // Measuring shortens the page for a moment; the reader's place stays.
    scrollTo({ top: scrollY, behavior: 'instant' });
  }, [value]);
  return (
    <textarea
      ref={ref}
      class={name}
      aria-label={label}
      rows={1}
      maxLength={max}
      value={value}
      onInput={(event) => {
        const text = event.currentTarget.value;
        onValue(singleLine ? text.replaceAll('\n', ' ') : text);
      }}
      onKeyDown={(event) => {
        if (singleLine && event.key === 'Enter') event.preventDefault();
      }}
      {...rest}
    />
  );
};

const TagsField = ({ writing }: { writing: Writing }) => {
  const { tags } = writing.draft.value;
  const [text, setText] = useState(tags.join(' '));
  useEffect(() => {
    if (readTags(text).join() !== tags.join()) setText(tags.join(' '));
  }, [tags]);
  const error = writing.errors.value['tags'];
  return (
    <div class="write-tags">
      <label for="write-tags">Tags</label>
      <input
        id="write-tags"
        value={text}
        placeholder="python web-dev, at most five"
        autocapitalize="none"
        spellcheck={false}
        onInput={(event) => {
          setText(event.currentTarget.value);
          writing.type({ tags: readTags(event.currentTarget.value) });
        }}
        onBlur={() => setText(tags.join(' '))}
      />
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  );
};
