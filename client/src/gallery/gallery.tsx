import type { ComponentType } from 'preact';
import { Page } from '../shell/page.tsx';
import { Marks, Notes, People, Reactions, Waiting } from './content.tsx';
import { Buttons, Choosing, Fields, IconButtons } from './controls.tsx';
import { Colours, Shapes, Space, Type } from './foundations.tsx';
import { Dialogs, Menus, Tabs, Toasts } from './layers.tsx';
import './gallery.css';

const PIECES: { name: string; Of: ComponentType }[] = [
  { name: 'Colour', Of: Colours },
  { name: 'Type', Of: Type },
  { name: 'Space', Of: Space },
  { name: 'Radii and shadow', Of: Shapes },
  { name: 'Buttons', Of: Buttons },
  { name: 'Icons', Of: IconButtons },
  { name: 'Fields', Of: Fields },
  { name: 'Choices', Of: Choosing },
  { name: 'Tabs', Of: Tabs },
  { name: 'People', Of: People },
  { name: 'Counts, tags, times', Of: Marks },
  { name: 'Reactions', Of: Reactions },
  { name: 'Errors and empty lists', Of: Notes },
  { name: 'Waiting', Of: Waiting },
  { name: 'Menus', Of: Menus },
  { name: 'Dialogs', Of: Dialogs },
  { name: 'Toasts', Of: Toasts },
];

/** Every piece the pages are made of, in every state, in both themes. For those who build the site. */
export const GalleryPage = () => (
  <Page title="Gallery" width="wide" class="gallery-page">
    <h1 class="page-title">Gallery</h1>
    <p class="gallery-lead">
      Ink on paper, one accent, a newspaper serif to read and a humanist sans to act. Every piece in
      every state, light beside dark.
    </p>
    {PIECES.map((piece) => (
      <Piece key={piece.name} {...piece} />
    ))}
  </Page>
);

const Piece = ({ name, Of }: (typeof PIECES)[number]) => {
  const id = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return (
    <section class="gallery-piece" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <div class="gallery-themes">
        {/* A form of its own: choices of the same name belong to one theme. */}
        <form class="gallery-theme" data-theme="light" onSubmit={(event) => event.preventDefault()}>
          <Of />
        </form>
        <form class="gallery-theme" data-theme="dark" onSubmit={(event) => event.preventDefault()}>
          <Of />
        </form>
      </div>
    </section>
  );
};
