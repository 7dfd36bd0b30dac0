import { ArrowDown, ArrowUp, Plus, X } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { Page } from '../shell/page.tsx';
import { IconButton } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote, ErrorNote, RestoredNote } from '../ui/notes.tsx';
import { type CourseEditor, createCourseEditor } from './state.ts';
import './edit.css';

export const CourseEditPage = () => {
  const { params } = useRoute();
  const id = params['id'] ?? null;
  const editor = useMemo(() => createCourseEditor(id), [id]);
  useEffect(() => {
    void editor.load();
    return editor.close;
  }, [editor]);
  const title = id ? 'Edit course' : 'New course';
  return (
    <Page title={title} width="bare">
      <h1 class="page-title">{title}</h1>
      {editor.state.value === 'failed' ? (
        <ErrorNote>{editor.failure.value}</ErrorNote>
      ) : (
        editor.state.value !== 'loading' && <CourseForm editor={editor} isNew={!id} />
      )}
    </Page>
  );
};

const CourseForm = ({ editor, isNew }: { editor: CourseEditor; isNew: boolean }) => {
  const { route } = useLocation();
  const save = async () => {
    const course = await editor.save();
    if (course) route(`/c/${course.slug}`);
  };
  return (
    <form
      class="course-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {editor.restored.value && <RestoredNote onDiscard={editor.discard} />}
      <Words editor={editor} />
      <Chosen editor={editor} />
      <Offered editor={editor} />
      {editor.failure.value && <ErrorNote>{editor.failure.value}</ErrorNote>}
      <div class="course-form-foot">
        <button
          type="submit"
          class="button"
          disabled={editor.state.value === 'saving' || editor.title.value.trim() === ''}
        >
          {isNew ? 'Create course' : 'Save course'}
        </button>
        {!isNew && <Remove editor={editor} />}
      </div>
    </form>
  );
};

const Words = ({ editor }: { editor: CourseEditor }) => (
  <>
    <Field
      label="Title"
      required
      maxLength={150}
      value={editor.title.value}
      onValue={(value) => {
        editor.title.value = value;
      }}
    />
    <div class="field">
      <label for="course-body">What it teaches, in Markdown</label>
      <textarea
        id="course-body"
        class="input"
        rows={5}
        maxLength={20_000}
        value={editor.body.value}
        onInput={(event) => {
          editor.body.value = event.currentTarget.value;
        }}
      />
    </div>
  </>
);

const Chosen = ({ editor }: { editor: CourseEditor }) => {
  const cards = editor.chosen.value;
  const [first] = editor.mine.value;
  return (
    <section>
      <h2>Articles, in order</h2>
      {cards.length === 0 && first && (
        <EmptyNote
          quiet
          title="None yet."
          action={
            <button type="button" class="button outline small" onClick={() => editor.add(first)}>
              <Icon of={Plus} size={16} />
              Begin with “{first.title}”
            </button>
          }
        >
          Readers go through them one after the other. Yours are listed below.
        </EmptyNote>
      )}
      <ol class="course-rows">
        {cards.map((card, index) => (
          <li key={card.id}>
            <span class="course-row-title">
              {index + 1}. {card.title}
            </span>
            <IconButton
              icon={ArrowUp}
              label={`Move ${card.title} up`}
              disabled={index === 0}
              onClick={() => editor.move(index, index - 1)}
            />
            <IconButton
              icon={ArrowDown}
              label={`Move ${card.title} down`}
              disabled={index === cards.length - 1}
              onClick={() => editor.move(index, index + 1)}
            />
            <IconButton
              icon={X}
              label={`Take ${card.title} out`}
              onClick={() => editor.take(card.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
};

const Offered = ({ editor }: { editor: CourseEditor }) => {
  const chosen = new Set(editor.chosen.value.map((card) => card.id));
  const left = editor.mine.value.filter((card) => !chosen.has(card.id));
  if (editor.mine.value.length === 0) {
    return (
      <EmptyNote
        title="You have no published articles"
        action={
          <a class="button outline" href="/write">
            Write one
          </a>
        }
      >
        A course is made of your published articles.
      </EmptyNote>
    );
  }
  if (left.length === 0) return null;
  return (
    <section>
      <h2>Your other articles</h2>
      <ul class="course-rows">
        {left.map((card) => (
          <li key={card.id}>
            <span class="course-row-title">{card.title}</span>
            <button type="button" class="button quiet small" onClick={() => editor.add(card)}>
              <Icon of={Plus} size={16} />
              Add<span class="visually-hidden"> {card.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Remove = ({ editor }: { editor: CourseEditor }) => {
  const { route } = useLocation();
  const remove = () => {
    editor.remove();
    route('/');
  };
  return (
    <button type="button" class="button danger" onClick={remove}>
      Delete course
    </button>
  );
};
