import { hold, type Pending, release, removals, sendNow, undo } from './state.ts';
import './undo.css';

/** What was just deleted, with the way back; it takes no focus and asks no question. */
export const UndoToasts = () => (
  <div class="undo-toasts" role="status">
    {removals.value.map((removal) => (
      <Toast key={removal.id} removal={removal} />
    ))}
  </div>
);

const Toast = ({ removal: { id, words, stage, error } }: { removal: Pending }) => {
  const takeBack = () => {
    undo(id);
    // The button is gone; the keys go on from the page.
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  return (
    <div
      class="undo-toast"
      onPointerEnter={() => hold(id)}
      onPointerLeave={() => release(id)}
      onFocusCapture={() => hold(id)}
      onBlurCapture={() => release(id)}
    >
      <span>{stage === 'failed' ? `Not deleted. ${error ?? ''}` : words}</span>
      {stage === 'failed' && (
        <button type="button" class="button small" onClick={() => void sendNow(id)}>
          Try again
        </button>
      )}
      <button type="button" class="button small" onClick={takeBack}>
        {stage === 'failed' ? 'Keep it' : 'Undo'}
      </button>
    </div>
  );
};
