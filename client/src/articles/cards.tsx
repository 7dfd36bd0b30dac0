import type { ArticleCard as Card } from '../../../src/articles/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { isHidden } from '../undo/state.ts';
import type { MoreArticles } from './state.ts';
import './cards.css';

export const Tags = ({ tags }: { tags: string[] }) =>
  tags.length === 0 ? null : (
    <ul class="tags">
      {tags.map((tag) => (
        <li key={tag}>
          <a class="tag" href={`/t/${tag}`}>
            {tag}
          </a>
        </li>
      ))}
    </ul>
  );

/** An article as lists show it. */
export const ArticleCard = ({ card, byline = true }: { card: Card; byline?: boolean }) => (
  <article class="card">
    {byline && (
      <p class="card-by">
        <a href={`/@${card.author.username}`}>
          <Avatar person={card.author} size="s" />
          {card.author.name}
        </a>
        {card.publishedAt && <Time at={card.publishedAt} />}
      </p>
    )}
    <h2>
      <a href={`/a/${card.slug}`}>{card.title}</a>
    </h2>
    <p class="card-excerpt">{card.excerpt}</p>
    <div class="card-foot">
      <Tags tags={card.tags} />
      <p class="card-facts">
        {!byline && card.publishedAt && <Time at={card.publishedAt} />}
        <span>{card.minutes} min read</span>
        <a href={`/a/${card.slug}#responses`}>{responsesOf(card.responses)}</a>
      </p>
    </div>
  </article>
);

export const responsesOf = (count: number): string =>
  count === 0 ? 'No responses yet' : count === 1 ? '1 response' : `${count} responses`;

export const ArticleList = ({ list, byline }: { list: MoreArticles; byline?: boolean }) => (
  <>
    <ol class="cards">
      {list.items.value
        .filter(({ id }) => !isHidden(id))
        .map((card) => (
          <li key={card.id}>
            <ArticleCard card={card} byline={byline} />
          </li>
        ))}
    </ol>
    {list.failure.value && <ErrorNote>{list.failure.value}</ErrorNote>}
    {list.next.value && (
      <button
        type="button"
        class="button outline"
        disabled={list.loading.value}
        onClick={() => void list.more()}
      >
        Show older articles
      </button>
    )}
  </>
);
