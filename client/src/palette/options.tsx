import type { IconNode } from 'lucide';
import { CornerDownLeft, FileText, Hash, MoveRight, Newspaper, Search, Users, Zap } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { otherOf } from '../rooms/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Entry, Group } from './entries.ts';
import type { Palette } from './state.ts';

type Props = { palette: Palette; take: (entry: Entry) => void };

export const optionId = ({ id }: Entry): string => `palette-${id.replace(/[^\w-]+/g, '-')}`;

/** The lines by kind; the one that Enter takes is marked. */
export const Options = ({ palette, take }: Props) => {
  const entries = palette.entries.value;
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <div id="palette-options" class="palette-options" role="listbox" aria-label="Choices">
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group} class="palette-group">
          {group !== 'Search' && <p aria-hidden="true">{group}</p>}
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <Option key={entry.id} entry={entry} palette={palette} take={take} />
            ))}
        </div>
      ))}
    </div>
  );
};

const Option = ({ entry, palette, take }: Props & { entry: Entry }) => {
  const ref = useRef<HTMLDivElement>(null);
  const active = palette.active.value?.id === entry.id;
  useLayoutEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={ref}
      id={optionId(entry)}
      class="palette-option"
      role="option"
      aria-selected={active}
      // Only a pointer that moves points: lines that move under it do not choose themselves.
      onPointerMove={() => !active && palette.point(entry.id)}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => take(entry)}
    >
      <Face entry={entry} />
      <span class="palette-label">{entry.label}</span>
      <span class="palette-detail">{entry.detail}</span>
      {Boolean(entry.unread) && (
        <span class="count">
          {entry.unread}
          <span class="visually-hidden"> unread</span>
        </span>
      )}
      {active && <Icon of={CornerDownLeft} size={16} />}
    </div>
  );
};

const ICONS: Record<Group, IconNode> = {
  'Your rooms': Users,
  People: Users,
  Articles: FileText,
  'Go to': MoveRight,
  Do: Zap,
  Search,
};
const ROOM_ICONS = { direct: Users, group: Users, public: Hash, article: Newspaper };

const Face = ({ entry: { person, room, group } }: { entry: Entry }) => {
  const shown = person ?? (room && otherOf(room));
  if (shown) return <Avatar person={shown} size="s" />;
  return (
    <span class="palette-icon">
      <Icon of={room ? ROOM_ICONS[room.kind] : ICONS[group]} size={18} />
    </span>
  );
};
