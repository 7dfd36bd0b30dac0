import type { WorldPerson } from './types.ts';

export const people: readonly WorldPerson[] = [
  {
    username: 'mira',
    name: 'Mira Adeyemi',
    bio: 'Web frameworks from the inside. Fifteen years of Django, and still curious what it does next.',
    follows: ['python', 'typography', 'databases'],
  },
  {
    username: 'jonas',
    name: 'Jonas Weber',
    bio: 'Teaches Python to people who think they cannot program. Owner of a rubber duck.',
    follows: ['web', 'beginners', 'django'],
  },
  {
    username: 'leila',
    name: 'Leila Haddad',
    bio: 'Databases, from the query down to the disk. I pull plugs for a living.',
    follows: ['performance', 'music', 'python'],
  },
  {
    username: 'tomas',
    name: 'Tomás Ferreira',
    bio: 'Typographer. I look at the space between things.',
    follows: ['design', 'cooking', 'maps'],
  },
  {
    username: 'greta',
    name: 'Greta Nyström',
    bio: 'A garden of half a hectare at 59° north, and the patience that goes with it.',
    follows: ['science', 'cooking', 'astronomy'],
  },
  {
    username: 'idris',
    name: 'Idris Bello',
    bio: 'Shows strangers the moon from a car park on clear Fridays.',
    follows: ['science', 'maps', 'music'],
  },
  {
    username: 'yuki',
    name: 'Yuki Tanabe',
    bio: 'Tunes pianos by day and sings alto by night.',
    follows: ['mathematics', 'cooking', 'typography'],
  },
  {
    username: 'amara',
    name: 'Amara Okafor',
    bio: 'Cook, formerly chemist. The other way round it would have been less fun.',
    follows: ['gardening', 'science'],
  },
  {
    username: 'pavel',
    name: 'Pavel Novák',
    bio: 'Draws maps of valleys. Collects old atlases and the mistakes in them.',
    follows: ['design', 'astronomy', 'mathematics'],
  },
  {
    username: 'nora',
    name: 'Nora Quinn',
    bio: 'Learning to program at forty-six. Asks the questions that others do not dare to.',
    follows: ['beginners', 'python', 'django', 'gardening'],
  },
  {
    username: 'samir',
    name: 'Samir Rao',
    bio: 'Keeps a shop with four hundred URLs alive. On call every third week.',
    follows: ['django', 'performance', 'web'],
  },
  {
    username: 'wei',
    name: 'Wei Zhang',
    bio: 'Distributed systems; bread on Sundays. Both rise when you leave them alone.',
    follows: ['reliability', 'databases', 'cooking'],
  },
];

export const friendships: readonly (readonly [string, string])[] = [
  ['mira', 'jonas'],
  ['mira', 'leila'],
  ['jonas', 'nora'],
  ['jonas', 'leila'],
  ['leila', 'wei'],
  ['samir', 'mira'],
  ['greta', 'amara'],
  ['greta', 'idris'],
  ['idris', 'pavel'],
  ['tomas', 'pavel'],
  ['tomas', 'yuki'],
  ['amara', 'yuki'],
  ['amara', 'wei'],
];

/** Asked and not answered yet: [from, to]. */
export const friendRequests: readonly (readonly [string, string])[] = [
  ['nora', 'mira'],
  ['pavel', 'yuki'],
  ['wei', 'samir'],
];
