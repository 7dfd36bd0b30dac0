type Props = { count: number; reveal: () => string[] };

/** New responses of others wait here until the reader asks for them. */
export const Pill = ({ count, reveal }: Props) => (
  <span class="pill-room" role="status">
    {count > 0 && <PillButton count={count} reveal={reveal} />}
  </span>
);

const PillButton = ({ count, reveal }: Props) => (
  <button type="button" class="pill" data-key="incoming" onClick={() => goTo(reveal()[0])}>
    {/* Words of their own for each number: they take the place of the last ones, and move nothing. */}
    <span key={count}>
      {count} new <span class="pill-word">{count === 1 ? 'response' : 'responses'}</span>
    </span>
  </button>
);

const MARKED_MS = 2_400;

/** Scrolls to a response and marks it for a moment. */
export function goTo(id: string | undefined): void {
  if (!id) return;
  // The response is drawn with the next frame.
  requestAnimationFrame(() => {
    const found = document.getElementById(`r-${id}`);
    found?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    found?.classList.add('marked');
    setTimeout(() => found?.classList.remove('marked'), MARKED_MS);
  });
}
