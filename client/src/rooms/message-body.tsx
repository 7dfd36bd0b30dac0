import type { Message } from '../../../src/rooms/contract.ts';

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?')\]])/;
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u200d\ufe0f]*\s*){1,3}$/u;

/** The words of a message: as the server drew them, or as typed with its links while on the way. */
export const MessageBody = ({ message: { html, body } }: { message: Message }) => {
  if (ONLY_EMOJI.test(body)) return <p class="message-text jumbo">{body}</p>;
  if (html !== undefined) {
    // Drawn by the server from a small inline subset; raw HTML in it was made inert there.
    return <div class="message-text html" dangerouslySetInnerHTML={{ __html: html }} />;
  }
  return (
    <p class="message-text">
      {body.split(LINK).map((part, index) =>
        index % 2 === 1 ? (
          <a key={`${index}-${part}`} href={part} rel="ugc nofollow noopener" target="_blank">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
};
