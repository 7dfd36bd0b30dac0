import type { WorldConversation } from './types.ts';

export const conversations: readonly WorldConversation[] = [
  {
    kind: 'public',
    title: 'The lobby',
    owner: 'mira',
    members: ['jonas', 'leila', 'nora', 'samir', 'idris', 'greta', 'tomas', 'wei'],
    hoursAgo: 1,
    messages: [
      {
        by: 'mira',
        body: 'Welcome, everybody. This is the room for hellos, questions about the site, and whatever has no better place.',
      },
      {
        by: 'nora',
        body: 'Hello! I am Nora, I am learning Python, and I apologise in advance.',
        reactions: { '👋': ['mira', 'jonas', 'samir', 'greta'] },
      },
      { by: 'jonas', body: 'Nobody has to apologise here. What are you building?' },
      {
        by: 'nora',
        body: 'A list of the books in our village library, so that we stop buying the same crime novel twice.',
      },
      {
        by: 'samir',
        body: 'That is a more useful program than most that I am paid for.',
        reactions: { '💯': ['jonas', 'leila'] },
      },
      {
        by: 'idris',
        body: 'Clear sky tonight over half of Europe, by the way. Jupiter is up from nine.',
      },
      { by: 'greta', body: 'The fence post is ready.', reactions: { '🔭': ['idris'] } },
      {
        by: 'wei',
        body: 'Does anybody else get all their reading done on Sundays while the dough rises? I am three articles behind.',
      },
      { by: 'tomas', body: 'I read while the ink dries. It comes to the same.' },
    ],
  },
  {
    kind: 'public',
    title: 'Python corner',
    owner: 'jonas',
    members: ['mira', 'leila', 'nora', 'samir', 'wei'],
    hoursAgo: 4,
    messages: [
      {
        by: 'nora',
        body: 'Why does this print the same list twice?\n\n```python\ndef add(book, shelf=[]):\n    shelf.append(book)\n    return shelf\n\nprint(add("Emma"))\nprint(add("Dracula"))\n```',
      },
      {
        by: 'jonas',
        body: 'Wonderful, you have found the most famous trap of all. When is the `[]` made: each time that `add` is called, or once, when `def` is run?',
      },
      { by: 'nora', body: 'Each time?' },
      { by: 'samir', body: 'One would think so!' },
      {
        by: 'jonas',
        body: 'Once. All calls share that one list. Write `shelf=None`, and inside `if shelf is None: shelf = []`.',
        reactions: { '💡': ['nora'] },
      },
      {
        by: 'nora',
        body: 'So Dracula moved in with Emma.',
        reactions: { '😄': ['jonas', 'mira', 'leila', 'samir', 'wei'] },
      },
      { by: 'mira', body: 'Ten years ago I shipped exactly this, with shopping baskets.' },
    ],
  },
  {
    kind: 'public',
    title: 'Garden and kitchen',
    owner: 'greta',
    members: ['amara', 'nora', 'wei', 'yuki'],
    hoursAgo: 20,
    messages: [
      { by: 'greta', body: 'Forty kilos of courgettes. I do not say more.' },
      {
        by: 'amara',
        body: 'Slice, salt, wait an hour, press. Then very hot and in small batches. You know why.',
      },
      { by: 'wei', body: 'Because water is the enemy!', reactions: { '👏': ['amara'] } },
      { by: 'yuki', body: 'Pickled overnight with a little kombu they are gone by breakfast.' },
      { by: 'greta', body: 'I will try both and report. There is enough for a control group.' },
    ],
  },
  {
    kind: 'group',
    title: 'Course reading circle',
    owner: 'nora',
    members: ['mira', 'jonas', 'samir'],
    hoursAgo: 7,
    messages: [
      {
        by: 'nora',
        body: 'Shall we do one part of the course each Wednesday? I would like to ask silly questions in a small room first.',
      },
      { by: 'jonas', body: 'Gladly. I will play the second student who has not read it either.' },
      { by: 'samir', body: 'I am in, unless the pager objects.' },
      {
        by: 'mira',
        body: 'May the author listen? I promise not to explain anything unless asked.',
        reactions: { '❤️': ['nora'] },
      },
      {
        by: 'nora',
        body: 'Yes please! Part two this week: middleware. Homework: find one in your own project and say what it does on the way *out*.',
      },
      {
        by: 'samir',
        body: 'Ours on the way out: compress, add a header that nobody reads, forget the session. I have learned something already.',
      },
    ],
  },
  {
    kind: 'group',
    title: 'Choir and strings',
    owner: 'yuki',
    members: ['idris', 'leila', 'amara'],
    hoursAgo: 30,
    messages: [
      {
        by: 'yuki',
        body: 'Four of us within an hour by train. Would you sing a chord with me? It is for science.',
      },
      { by: 'leila', body: 'I have a low voice and no fear.' },
      { by: 'amara', body: 'I bring bread. Saturday in two weeks?' },
      {
        by: 'idris',
        body: 'If it is cloudy, yes. If it is clear I will come after midnight.',
        reactions: { '😄': ['yuki', 'leila'] },
      },
    ],
  },
  {
    kind: 'direct',
    between: ['mira', 'jonas'],
    hoursAgo: 2,
    messages: [
      {
        by: 'jonas',
        body: 'Your envelopes are a success. Today somebody put a *second* letter inside, "so that the response is bigger".',
      },
      { by: 'mira', body: 'Content-Length would like a word.' },
      {
        by: 'jonas',
        body: 'Could you look at my draft on context managers before Friday? I am not sure about the part with `__exit__` and return values.',
      },
      { by: 'mira', body: 'Send it over. Tonight, with tea.' },
    ],
  },
  {
    kind: 'direct',
    between: ['greta', 'idris'],
    hoursAgo: 26,
    messages: [
      {
        by: 'greta',
        body: 'Is there anything to be seen *by day* with these binoculars? The children have got up early for it.',
      },
      {
        by: 'idris',
        body: 'The moon, any morning this week, in the west. Along the line between light and dark the mountains throw shadows.',
      },
      {
        by: 'idris',
        body: 'And please tell them never to turn towards the sun with it. Not even for a second, not even through a cloud.',
      },
      {
        by: 'greta',
        body: 'Told, twice, and the sun stays behind the barn. Thank you!',
        reactions: { '👍': ['idris'] },
      },
    ],
  },
  {
    kind: 'direct',
    between: ['leila', 'wei'],
    hoursAgo: 50,
    messages: [
      {
        by: 'wei',
        body: 'May I borrow your table of settings that lie for a talk? With your name on the slide.',
      },
      {
        by: 'leila',
        body: 'Of course. Bring the laptop without a battery and pull the plug on stage.',
      },
      { by: 'wei', body: 'I was hoping that you would say that.' },
    ],
  },
];
