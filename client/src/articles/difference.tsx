import type {
  Difference as Compared,
  DifferencePart,
  DifferencePiece,
} from '../../../src/articles/contract.ts';
import { isUnchanged } from './history.ts';

/** One version in the words of the next: what was added and what was removed. */
export const Difference = ({ difference }: { difference: Compared }) => {
  const { from, title, tags, parts } = difference;
  if (!from) return <FirstText {...difference} />;
  const rest = parts.filter((part) => !('pieces' in part) || part.pieces.length > 0);
  const isSameText = rest.every((part) => 'pieces' in part && isUnchanged(part.pieces));
  return (
    <div class="difference">
      {!isUnchanged(title) && (
        <p class="difference-title">
          <span class="difference-what">Title</span>
          <Pieces pieces={title} />
        </p>
      )}
      {!isUnchanged(tags) && (
        <p class="difference-tags">
          <span class="difference-what">Tags</span>
          {tags.map((piece) => (
            <Piece key={piece.text} piece={{ ...piece, text: `#${piece.text}` }} />
          ))}
        </p>
      )}
      {isSameText ? (
        <p class="difference-skipped">The text itself did not change.</p>
      ) : (
        rest.map((part, index) => <Part key={index} part={part} />)
      )}
    </div>
  );
};

/** With nothing to compare it with, the text as it is. */
const FirstText = ({ title, parts }: Compared) => (
  <div class="difference">
    <p class="difference-title">{title.map(({ text }) => text).join('')}</p>
    {parts.map((part, index) => (
      <p key={index} class="difference-lines">
        {'pieces' in part && part.pieces.map(({ text }) => text).join('')}
      </p>
    ))}
  </div>
);

const Part = ({ part }: { part: DifferencePart }) =>
  'skipped' in part ? (
    <p class="difference-skipped">{part.skipped} unchanged lines</p>
  ) : (
    <p class={`difference-lines ${kindOf(part.pieces)}`}>
      <Pieces pieces={part.pieces} />
    </p>
  );

const kindOf = (pieces: readonly DifferencePiece[]): string => {
  const kinds = new Set(pieces.map(({ kind }) => kind));
  const [only = 'same'] = kinds;
  return kinds.size > 1 ? 'changed' : only;
};

const Pieces = ({ pieces }: { pieces: readonly DifferencePiece[] }) => (
  <>
    {pieces.map((piece, index) => (
      <Piece key={index} piece={piece} />
    ))}
  </>
);

const Piece = ({ piece: { kind, text } }: { piece: DifferencePiece }) => {
  if (kind === 'added') return <ins>{text}</ins>;
  return kind === 'removed' ? <del>{text}</del> : <span>{text}</span>;
};
