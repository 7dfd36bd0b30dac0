import { MessagesSquare } from 'lucide';
import { Icon } from '../ui/icon.tsx';
import { closeDock, dock, openDock } from './state.ts';

/** Opens the conversation of the article beside it, and closes it again. */
export const DockButton = () => {
  const { open } = dock.value;
  return (
    <button
      type="button"
      class="button quiet small dock-button"
      aria-expanded={open}
      onClick={open ? closeDock : openDock}
    >
      <Icon of={MessagesSquare} size={16} />
      Chat while reading
    </button>
  );
};
