import { Ellipsis, Link, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';

const Items = ({ close }: { close?: () => void }) => (
  <>
    <button type="button" class="menu-item" onClick={close}>
      <Icon of={Link} size={18} />
      Copy the link
    </button>
    <button type="button" class="menu-item danger" onClick={close}>
      <Icon of={Trash2} size={18} />
      Delete
    </button>
  </>
);

export const Menus = () => (
  <div class="gallery-row">
    <Popover
      label="What one can do"
      align="start"
      class="menu"
      trigger={(props) => <IconButton icon={Ellipsis} label="Open a menu" {...props} />}
    >
      {(close) => <Items close={close} />}
    </Popover>
    <div class="popover menu gallery-still">
      <Items />
    </div>
  </div>
);

export const Dialogs = () => {
  const [open, setOpen] = useState(false);
  return (
    <p class="gallery-row">
      <button type="button" class="button outline" onClick={() => setOpen(true)}>
        Open a dialog
      </button>
      {open && (
        <Dialog title="A dialog" onClose={() => setOpen(false)}>
          <p>The focus stays in it, and goes back afterwards.</p>
        </Dialog>
      )}
    </p>
  );
};

export const Tabs = () => {
  const [chosen, setChosen] = useState('Latest');
  return (
    <div class="tabs" role="tablist" aria-label="Articles">
      {['Latest', 'Following', 'Saved'].map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          onClick={() => setChosen(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
};

export const Toasts = () => (
  <div class="undo-toast gallery-still">
    <span>Response deleted.</span>
    <button type="button" class="button small">
      Undo
    </button>
  </div>
);
