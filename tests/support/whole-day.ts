import type { Session } from '../../src/accounts/contract.ts';
import type { Article } from '../../src/articles/contract.ts';
import type { Course } from '../../src/courses/contract.ts';
import type { NotificationsPage } from '../../src/notifications/contract.ts';
import type { FriendRequest } from '../../src/people/contract.ts';
import type { Message, Room } from '../../src/rooms/contract.ts';
import { logIn, newClientId, signUp, type TestPerson, testPassword } from './client.ts';
import { type Method, send } from './http.ts';

export type Call = { method: Method; path: string; status: number; text: string };

/** Does what a person can do and writes down every call. */
const recorder = (calls: Call[]) => (person: TestPerson) => {
  const call =
    (method: Method) =>
    async <T>(path: string, body?: unknown) => {
      const answer = await send<T>(person.url, method, path, { cookie: person.cookie, body });
      calls.push({ method, path, status: answer.status, text: answer.text });
      return answer.body;
    };
  return {
    get: call('GET'),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    del: call('DELETE'),
  };
};
type Doer = ReturnType<ReturnType<typeof recorder>>;

const message = (body: string, replyTo?: string) => ({
  body,
  clientId: newClientId(),
  ...(replyTo && { replyTo }),
});

const writes = async (ana: Doer): Promise<Article> => {
  const draft = await ana.post<Article>('/api/articles', {
    title: 'First',
    body: '# One',
    tags: ['django'],
  });
  const at = `/api/articles/${draft.id}`;
  await ana.patch(at, {
    body: '# Two\n\nMore',
    tags: ['python', 'web'],
    baseVersion: draft.version,
  });
  await ana.put(`${at}/publication`);
  await ana.del(`${at}/publication`);
  await ana.put(`${at}/publication`);
  await ana.get(`${at}/revisions`);
  await ana.get(`${at}/revisions/1`);
  await ana.get(`${at}/revisions/1/difference`);
  await ana.get(`/api/articles/${draft.slug}`);
  await ana.post('/api/preview', { body: '**bold**' });
  return ana.get<Article>(at);
};

/** Lists longer than a page are read on by their cursor. */
const readOn = async (person: Doer, path: string): Promise<void> => {
  const { next } = await person.get<{ next: string | null }>(path);
  if (!next) throw new Error(`${path} has only one page`);
  await person.get(`${path}&cursor=${encodeURIComponent(next)}`);
};

const drafts = async (ana: Doer): Promise<void> => {
  for (const title of ['Later', 'Much later'])
    await ana.post('/api/articles', { title, body: '-' });
  await readOn(ana, '/api/articles?author=ana&state=draft&limit=1');
};

const responds = async (ana: Doer, ben: Doer, { id }: Article): Promise<Message> => {
  const at = `/api/articles/${id}/responses`;
  const root = await ben.post<Message>(at, message('Why two? @ana'));
  const reply = await ana.post<Message>(at, message('Because', root.id));
  await ben.post(at, message('I see', reply.id));
  await ben.get(at);
  await ben.get(`${at}?order=newest&limit=1`);
  return root;
};

const reads = async (ben: Doer, article: Article): Promise<void> => {
  for (const query of [
    '',
    '?tag=web',
    '?author=ana',
    '?feed=latest',
    '?feed=following',
    '?limit=1',
  ]) {
    await ben.get(`/api/articles${query}`);
  }
  await ben.put(`/api/articles/${article.id}/reaction`, { emoji: '\u{1f44d}', on: true });
  await ben.put(`/api/articles/${article.id}/reaction`, { emoji: '\u{1f44d}', on: false });
  await ben.get('/api/tags');
  await ben.put('/api/tags/web/follow');
  await ben.get('/api/articles?feed=following');
  await ben.del('/api/tags/web/follow');
  for (const page of ['/', '/t/web', '/@ana', `/a/${article.slug}`, `/a/${article.slug}.md`]) {
    await ben.get(page);
  }
  for (const feed of ['/feed.xml', '/sitemap.xml', '/robots.txt']) await ben.get(feed);
};

const teaches = async (ana: Doer, article: Article): Promise<void> => {
  const course = await ana.post<Course>('/api/courses', { title: 'A course', body: 'About' });
  const at = `/api/courses/${course.id}`;
  await ana.put(`${at}/articles`, { articleIds: [article.id] });
  await ana.patch(at, { title: 'The course' });
  await ana.get(`/api/courses/${course.slug}`);
  await ana.get('/api/courses');
  await ana.get(`/api/articles?course=${course.slug}`);
  await ana.get(`/c/${course.slug}`);
  await ana.del(at);
};

/** What was written a moment ago is found by its words. */
const looks = async (ana: Doer): Promise<void> => {
  for (const kind of ['articles', 'responses', 'people', 'messages'])
    await ana.get(`/api/search?q=two+mo&kind=${kind}`);
  await readOn(ana, '/api/search?q=ana&limit=1');
};

const befriends = async (ana: Doer, ben: Doer, cleo: Doer, about: Message): Promise<void> => {
  const ask = (by: Doer, to: string, more = {}) =>
    by.post<FriendRequest>('/api/friend-requests', { to, ...more });
  const first = await ask(ana, 'ben', { about: { messageId: about.id } });
  await ben.get('/api/friend-requests');
  await ben.post(`/api/friend-requests/${first.id}/acceptance`);
  const second = await ask(cleo, 'ana');
  await ana.del(`/api/friend-requests/${second.id}`);
  await ana.get('/api/friends');
  await ana.get('/api/people/ben');
  await ana.get('/api/people/online');
  await ana.get('/api/now');
  await ana.get('/api/people/suggestions');
  await ana.put('/api/blocks/cleo');
  await ana.get('/api/blocks');
  await ana.del('/api/blocks/cleo');
};

const talks = async (ana: Doer, ben: Doer): Promise<void> => {
  const direct = await ana.put<Room>('/api/rooms/direct/ben');
  await ana.post(`/api/rooms/${direct.id}/messages`, message('Hello'));
  const group = await ana.post<Room>('/api/rooms', {
    kind: 'group',
    title: 'Us',
    members: ['ben'],
  });
  const open = await ana.post<Room>('/api/rooms', { kind: 'public', title: 'All' });
  await ana.put(`/api/rooms/${group.id}/members/cleo`);
  await ana.del(`/api/rooms/${group.id}/members/cleo`);
  await ben.put(`/api/rooms/${open.id}/members/ben`);
  await ben.post(`/api/rooms/${open.id}/messages`, message('Hi @ana'));
  await ana.patch(`/api/rooms/${group.id}`, { title: 'The two of us' });
  await ana.put(`/api/rooms/${group.id}/muted`, { muted: true });
  await ana.put(`/api/rooms/${group.id}/muted`, { muted: false });
  const said = await ana.post<Message>(`/api/rooms/${group.id}/messages`, message('Soon gone'));
  const at = `/api/rooms/${group.id}/messages/${said.id}`;
  const thumb = encodeURIComponent('\u{1f44d}');
  await ana.patch(at, { body: 'Really soon' });
  await ben.put(`${at}/reactions/${thumb}`);
  await ben.del(`${at}/reactions/${thumb}`);
  await ana.del(at);
  for (const { id } of [direct, group, open]) {
    await ben.get(`/api/rooms/${id}`);
    await ben.get(`/api/rooms/${id}/messages`);
    await ben.get(`/api/rooms/${id}/messages?before=2&limit=1`);
    await ben.get(`/api/rooms/${id}/events?after=0`);
    await ben.get(`/api/rooms/${id}/events?before=2&limit=1`);
  }
  await ben.get('/api/rooms');
  await ben.get('/api/rooms/public');
};

const isNotified = async (ana: Doer): Promise<void> => {
  const { items } = await ana.get<NotificationsPage>('/api/notifications');
  const [newest, second] = items;
  await readOn(ana, '/api/notifications?limit=1');
  await ana.put('/api/notifications/read', { ids: [second?.id ?? newest?.id] });
  await ana.put('/api/notifications/read', { upTo: newest?.id });
};

/** Edits, deletes, reacts, reads, types: what is done by socket only. */
const bySocket = async (ana: TestPerson, ben: TestPerson, article: Article): Promise<void> => {
  const [a, b] = await Promise.all([ana.socket(), ben.socket()]);
  const { roomId } = article;
  const joined = await a.ask('article:join', { articleId: article.id });
  const { message: sent } = await a.ask('message:send', { roomId, ...message('Soon gone') });
  const messageId = sent.id;
  await a.ask('message:edit', { roomId, messageId, body: 'Edited' });
  await b.ask('message:react', { roomId, messageId, emoji: '\u{1f44d}', on: true });
  await b.ask('message:react', { roomId, messageId, emoji: '\u{1f44d}', on: false });
  await a.ask('message:delete', { roomId, messageId });
  await a.ask('room:sync', { roomId, after: joined.head });
  const after = { epoch: joined.epoch, seq: joined.head };
  await b.ask('room:join', { roomId, after });
  await b.ask('room:leave', { roomId });
  await a.ask('article:leave', { articleId: article.id });
  const direct = await ben.put<Room>('/api/rooms/direct/ana');
  await b.ask('room:join', { roomId: direct.body.id });
  await b.ask('typing:start', { roomId: direct.body.id });
  await b.ask('typing:stop', { roomId: direct.body.id });
  await b.ask('room:read', { roomId: direct.body.id, n: 1 });
  await b.ask('presence:subscribe', { userIds: [ana.me.id] });
  await b.ask('presence:set', { status: 'busy' });
  a.close();
  b.close();
};

const leaves = async (ana: TestPerson, doer: Doer): Promise<void> => {
  await doer.get('/api/me');
  await doer.patch('/api/me', { name: 'Ana B.', bio: 'Writes', settings: { theme: 'dark' } });
  await doer.post('/api/me/email-verification/mail');
  await doer.post('/api/password-resets', { email: 'ana@example.org' });
  const token = await doer.post<{ id: string; token: string }>('/api/tokens', { name: 'bot' });
  await doer.get('/api/tokens');
  const headers = { authorization: `Bearer ${token.token}` };
  const byToken = await send<{ id: string }>(ana.url, 'GET', '/api/me', { headers });
  if (byToken.body.id !== ana.me.id) throw new Error(`by token: ${byToken.text}`);
  await doer.del(`/api/tokens/${token.id}`);
  const phone = await logIn(ana.url, 'ana');
  const { items } = await doer.get<{ items: Session[] }>('/api/sessions');
  const other = items.find(({ current }) => !current);
  await doer.del(`/api/sessions/${other?.id}`);
  await phone.get('/api/me');
  await doer.del('/api/sessions');
  await doer.del('/api/sessions/current');
};

/**
 * One day in which three people do everything that can be done, so that every route is used as it
 * is meant. Gives all calls, in order.
 */
export const wholeDay = async (url: string): Promise<Call[]> => {
  const calls: Call[] = [];
  const does = recorder(calls);
  const people = [];
  for (const name of ['ana', 'ben', 'cleo']) people.push(await signUp(url, name));
  const [anaPerson, benPerson, cleoPerson] = people as [TestPerson, TestPerson, TestPerson];
  const [ana, ben, cleo] = [does(anaPerson), does(benPerson), does(cleoPerson)];
  const article = await writes(ana);
  await drafts(ana);
  const response = await responds(ana, ben, article);
  await reads(ben, article);
  await looks(ana);
  await befriends(ana, ben, cleo, response);
  await talks(ana, ben);
  await bySocket(anaPerson, benPerson, article);
  await isNotified(ana);
  await teaches(ana, article);
  await ana.del('/api/friends/ben');
  await ana.del(`/api/articles/${article.id}`);
  await leaves(anaPerson, ana);
  // A new password ends the other sessions, this one included: its cookie is an old one then.
  await cleo.post('/api/me/password', { current: testPassword, next: 'another horse entirely' });
  return calls;
};
