import { useLocation } from 'preact-iso';
import type { ListedRevision } from '../../../src/articles/contract.ts';
import type { HistoryContent } from '../../../src/pages/contract.ts';
import { Time } from '../ui/time.tsx';
import { readAsked } from './history.ts';
import { historyPath } from './history-path.ts';

/** The versions, newest first; each leads to what changed in it. */
export const Versions = ({ article, asked, versions, difference }: HistoryContent) => {
  const { cursor, ...compared } = asked;
  return (
    <section class="history-versions" aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <ol>
        {versions.items.map((version) => (
          <li key={version.version}>
            <Version
              version={version}
              isNow={version.version === article.version}
              href={historyPath(article.slug, { to: version.version, ...(cursor && { cursor }) })}
              isShown={version.version === difference.to.version}
            />
          </li>
        ))}
      </ol>
      {(cursor || versions.next) && (
        <p class="history-pages">
          {cursor && <a href={historyPath(article.slug, compared)}>Newest versions</a>}
          {versions.next && (
            <a href={historyPath(article.slug, { ...compared, cursor: versions.next })}>
              Older versions
            </a>
          )}
        </p>
      )}
      <Choose article={article} asked={asked} versions={versions} difference={difference} />
    </section>
  );
};

type VersionProps = { version: ListedRevision; href: string; isNow: boolean; isShown: boolean };

const Version = ({ version, href, isNow, isShown }: VersionProps) => (
  <>
    <a href={href} aria-current={isShown ? 'true' : undefined}>
      Version {version.version}
      {isNow && <span class="history-now">current</span>}
    </a>
    <p>
      <Time at={version.at} /> <Time at={version.at} format="clock" /> · {version.by.name}
    </p>
    <p>{grownBy(version)}</p>
  </>
);

const number = new Intl.NumberFormat('en-GB');
const characters = (count: number): string =>
  `${number.format(count)} ${count === 1 ? 'character' : 'characters'}`;
const grownBy = ({ grew, size }: ListedRevision): string => {
  if (grew === null) return characters(size);
  if (grew === 0) return 'as long as before';
  return `${characters(Math.abs(grew))} ${grew > 0 ? 'longer' : 'shorter'}`;
};

type Choosing = Omit<HistoryContent, 'page'>;

/** Any two of them; a form, so that it works before the script is there. */
const Choose = ({ article, asked, versions, difference }: Choosing) => {
  const { route } = useLocation();
  const { from, to } = difference;
  const known = new Set(versions.items.map(({ version }) => version));
  for (const each of [from, to]) if (each) known.add(each.version);
  if (known.size < 2) return null;
  const numbers = [...known].sort((a, b) => b - a);
  const compare = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget as HTMLFormElement);
    const fields = Object.fromEntries(
      [...chosen].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ) as Record<string, string>;
    route(historyPath(article.slug, readAsked(fields)));
  };
  return (
    <form class="history-choose" action={historyPath(article.slug)} onSubmit={compare}>
      <h3>Compare two versions</h3>
      <Choice label="From" name="from" numbers={numbers} chosen={from?.version ?? to.version} />
      <Choice label="to" name="to" numbers={numbers} chosen={to.version} />
      {asked.cursor && <input type="hidden" name="cursor" value={asked.cursor} />}
      <button type="submit" class="button outline small">
        Compare
      </button>
    </form>
  );
};

type ChoiceProps = { label: string; name: string; numbers: number[]; chosen: number };

const Choice = ({ label, name, numbers, chosen }: ChoiceProps) => (
  <label>
    {label}
    <select key={chosen} class="input" name={name}>
      {numbers.map((version) => (
        <option key={version} value={version} selected={version === chosen}>
          {version}
        </option>
      ))}
    </select>
  </label>
);
