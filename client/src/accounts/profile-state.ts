import type { Profile } from '../../../src/people/contract.ts';
import { fetchArticles } from '../articles/state.ts';
import { get } from '../net/http.ts';
import type { ContentOf } from '../pages/state.ts';

export async function loadProfile(username: string): Promise<ContentOf<'profile'>> {
  const [profile, articles] = await Promise.all([
    get<Profile>(`/api/people/${encodeURIComponent(username)}`),
    fetchArticles({ author: username }),
  ]);
  return { page: 'profile', profile, articles };
}
