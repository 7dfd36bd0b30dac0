import { BellOff, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { Notification } from '../../../src/notifications/contract.ts';
import { viewer } from '../accounts/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { dismissToast, follow, switchToastsOff, toasts } from './state.ts';

const SHOWN_MS = 6_000;

/** New notifications at the upper edge, away from where one writes; each leaves by itself. */
export const Toasts = () => {
  const ref = useRef<HTMLDivElement>(null);
  // The browser's top layer: nothing on any page can lie over it.
  useEffect(() => ref.current?.showPopover(), []);
  return (
    <div ref={ref} popover="manual" class="notification-toasts" role="status">
      {viewer.value?.settings.toasts &&
        toasts.value.map((toast) => <Toast key={toast.id} toast={toast} />)}
    </div>
  );
};

const Toast = ({ toast }: { toast: Notification }) => {
  const { id, people, url, text } = toast;
  useEffect(() => {
    const timer = setTimeout(() => dismissToast(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div class="notification-toast">
      <a href={url} onClick={() => follow(id)}>
        <Avatar person={people[0] ?? null} size="s" />
        <span>{text}</span>
      </a>
      <IconButton
        icon={BellOff}
        size={16}
        label="Show no more of these; the settings bring them back"
        onClick={() => void switchToastsOff().catch(() => undefined)}
      />
      <IconButton icon={X} size={16} label="Dismiss" onClick={() => dismissToast(id)} />
    </div>
  );
};
