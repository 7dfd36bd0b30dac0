import type { WorldResponse } from '../types.ts';

export const webAndDataResponses: Readonly<Record<string, readonly WorldResponse[]>> = {
  'django-request': [
    {
      by: 'nora',
      body: 'Thank you. I have followed three tutorials and this is the first time I know *where* my code runs. One question: if the middleware runs for every request, does it also run for the pictures and the stylesheet?',
      reactions: { '👍': ['jonas', 'samir'] },
      replies: [
        {
          by: 'mira',
          body: 'It does while you use `runserver`, because there Django serves the static files itself. In production a web server or a CDN stands in front and answers for `/static/` on its own, so Django never hears of them. WhiteNoise is the exception: it *is* a middleware, and sits almost at the top of the list for just that reason.',
          reactions: { '💡': ['nora'] },
          replies: [
            {
              by: 'nora',
              body: 'So that is why the documentation insists on its place in the list! I had copied the line without knowing that the place means something.',
              replies: [
                {
                  by: 'samir',
                  body: 'You are in good company. We had it at the *bottom* for two years. Every icon of the shop loaded a session from the database.',
                  reactions: { '😅': ['mira', 'nora', 'wei'] },
                },
              ],
            },
          ],
        },
        {
          by: 'jonas',
          body: 'A nice way to see it: put `print(request.path)` into the first middleware, open one page and count the lines. People are always surprised.',
        },
      ],
    },
    {
      by: 'wei',
      body: 'How does step 2 change with ASGI? I have an application with a few async views and I am not sure what runs in a thread.',
      replies: [
        {
          by: 'mira',
          body: 'The door has another shape: `async def application(scope, receive, send)`. The seven steps stay. Django looks at each layer and asks whether it is async; between a sync and an async one it puts an adapter that moves the call into a thread. One sync middleware in the middle of your list is enough to pay for that at every request.',
          reactions: { '👍': ['wei', 'leila'] },
          replies: [
            {
              by: 'wei',
              body: 'That explains a flame graph that I have been staring at since Monday. It was the one from the analytics vendor, of course.',
            },
          ],
        },
      ],
    },
    {
      by: 'leila',
      body: 'One could add an eighth nail: the database connection. It is opened at the first query, not at step 2, and with `CONN_MAX_AGE` it outlives the request. Half of the mysterious "server closed the connection" messages live there.',
      reactions: { '👏': ['mira', 'samir'] },
    },
  ],
  'middleware-onion': [
    {
      by: 'jonas',
      body: 'I teach this with real paper envelopes. Each student is a layer, gets an envelope, may write on it, and passes it inwards. When it comes back out everybody suddenly understands `return response`.',
      reactions: { '❤️': ['mira', 'nora'] },
      replies: [
        {
          by: 'mira',
          body: 'I will steal that. Who plays the view?',
          replies: [
            {
              by: 'jonas',
              body: 'Whoever came late. They never know what happened before they were asked. Very realistic.',
            },
          ],
        },
      ],
    },
    {
      by: 'samir',
      body: 'On the third question of your list: ours had a `try … finally` around the lock, and it still stayed locked. A worker was killed by the memory limit between the two. Since then our locks have an end date.',
      replies: [
        {
          by: 'wei',
          body: 'A lock with an end date is called a lease, and then you need a fencing token as well: the one whose lease ran out does not know it yet, and goes on writing.',
          replies: [
            {
              by: 'samir',
              body: 'I would like to go back to envelopes, please.',
              reactions: { '😄': ['jonas', 'mira', 'wei'] },
            },
          ],
        },
      ],
    },
  ],
  'routing-trees': [
    {
      by: 'samir',
      body: 'Four hundred addresses, that is us. Our misses were 60 % of all lookups, nearly all of them scanners. We put one pattern for `*.php` at the very top, and it was the best-paid line of the year.',
      replies: [
        {
          by: 'mira',
          body: 'A lovely example of *what does a miss cost*. May I add it to the article, with your name?',
          replies: [{ by: 'samir', body: 'Please. My mother will be proud of the `.php` line.' }],
        },
      ],
    },
    {
      by: 'pavel',
      body: 'This is how a gazetteer works, too: the names on a map are found by their first letters, and a place that does not exist costs you the whole page.',
    },
  ],
  'templates-escape': [
    {
      by: 'nora',
      body: 'I searched my own little project for `|safe` and found eleven. Nine could go at once. The other two I do not understand any more, which I suppose is the answer.',
      reactions: { '👏': ['mira', 'jonas'] },
      replies: [
        {
          by: 'mira',
          body: 'Nine in an evening is a very good evening. For the other two: follow the value backwards until a person could have typed it. If you get lost on the way, show us here.',
          replies: [
            {
              by: 'nora',
              body: 'One of them ends in a field called `footer_html` that only I can edit, in the admin. Is that fine?',
              replies: [
                {
                  by: 'leila',
                  body: 'It is fine until somebody else may edit it. Write that sentence next to the field, in capitals.',
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  'orm-lazy': [
    {
      by: 'leila',
      body: 'From the other side of the wire: I can recognise a Django shop by its query log. Two hundred times the same statement with another number at the end, all within forty milliseconds. Each of them is *fast*, that is what makes it so hard to explain to people.',
      reactions: { '😄': ['mira', 'samir'] },
      replies: [
        {
          by: 'samir',
          body: 'Guilty. We found one with 1,140 queries for a page of orders. The page took nine tenths of a second, and not a single query was in the slow log.',
          replies: [
            {
              by: 'leila',
              body: 'Log by *count per request*, not only by time. That is the number that would have told you.',
            },
          ],
        },
      ],
    },
    {
      by: 'jonas',
      body: 'The test with `assertNumQueries` and ten rows instead of three should be printed on mugs.',
    },
  ],
  'index-scan': [
    {
      by: 'mira',
      body: 'The phone book for two columns is the best explanation of this that I know. I will send everybody here who adds a third index "to be sure".',
      replies: [
        {
          by: 'leila',
          body: 'Ask them which of the first two it makes superfluous. There is always one: an index on `(city)` next to one on `(city, age)` does nothing but cost.',
        },
      ],
    },
    {
      by: 'nora',
      body: 'I tried `EXPLAIN QUERY PLAN` on my reading list with 80 books. It says SCAN. Should I be worried?',
      replies: [
        {
          by: 'leila',
          body: 'Not at all. Eighty rows fit into one or two pages of the file; reading them *is* the fastest way. Start to worry when a table grows with your users and the plan still says SCAN.',
          reactions: { '👍': ['nora'] },
          replies: [{ by: 'nora', body: 'Good. I read slowly.' }],
        },
      ],
    },
  ],
  'commit-promise': [
    {
      by: 'wei',
      body: 'On "pull the plug": virtual machines make this hard to test, as the host keeps its cache when the guest dies. We have an old laptop without a battery for it. It has found more than the test suite of the year before.',
      reactions: { '🔌': ['leila', 'mira'] },
      replies: [
        {
          by: 'leila',
          body: 'A laptop without a battery is the most honest test machine there is. What did it find?',
          replies: [
            {
              by: 'wei',
              body: 'A new file whose content was synced, while its *name* was not: we had forgotten to `fsync` the folder. After the crash the data was on the disk, perfectly safe, and nobody knew where.',
              reactions: { '😱': ['leila', 'jonas'] },
              replies: [
                { by: 'leila', body: 'A classic. I will add it to the article; thank you.' },
              ],
            },
          ],
        },
      ],
    },
  ],
  generators: [
    {
      by: 'nora',
      body: 'The generator that is empty the second time has cost me a whole Saturday. I thought `sum` had eaten my data. In a way it had.',
      replies: [
        {
          by: 'jonas',
          body: 'It had! Many people never notice, since the second walk gives an empty result and no error. When a total is 0 and you cannot explain it, look for a generator.',
          replies: [
            {
              by: 'wei',
              body: '`itertools.tee` exists, but by the time you need it a list is usually the better answer.',
            },
          ],
        },
      ],
    },
  ],
  'stack-trace': [
    {
      by: 'nora',
      body: '"Where the value was born" — I have written this on a card and put it on the wall. I used to fix everything in the line that was underlined.',
      reactions: { '❤️': ['jonas'] },
      replies: [
        {
          by: 'jonas',
          body: 'That makes my day. Next to the duck, I hope?',
          replies: [{ by: 'nora', body: 'I have a wooden hen. She listens with more patience.' }],
        },
      ],
    },
  ],
};
