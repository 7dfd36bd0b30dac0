import type { WorldCourse } from './types.ts';

export const courses: readonly WorldCourse[] = [
  {
    author: 'mira',
    title: 'Web frameworks from the inside',
    body: `Five walks through the machine that answers your requests. We follow one request from the socket to the database and back, and look into every room on the way: the handler, the middleware, the router, the template and the ORM.

The examples are in Django and plain Python. What they show holds for any framework, and each part can be read in the time of a coffee.

You should have built a small site once. You need not have understood it.`,
    articles: [
      'django-request',
      'middleware-onion',
      'routing-trees',
      'templates-escape',
      'orm-lazy',
    ],
  },
  {
    author: 'jonas',
    title: 'Python for the second month',
    body: `The first month taught you loops and functions. Here is what nobody told you: how to read what Python says when it is unhappy, and how to let it do less work than you asked for.`,
    articles: ['stack-trace', 'generators'],
  },
];
