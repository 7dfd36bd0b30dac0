import type { WorldArticle } from '../types.ts';

export const promisesArticles: readonly WorldArticle[] = [
  {
    key: 'commit-promise',
    author: 'leila',
    daysAgo: 29,
    title: 'What a commit promises',
    tags: ['databases', 'reliability', 'linux'],
    body: `You press *Pay*. The page says *Thank you*. At this very moment somebody trips over the power cord
of the server. Was your order stored?

If the people who built it did their work, yes, and the reason is one of the most carefully kept
promises in computing. It is the D in ACID, and it hangs by a thread that most of us never look at.

## Writing is not storing

When a program writes to a file, the operating system says *done* long before anything reaches the
disk. The data is put into memory, and it will be written out in some seconds, when there is a good
moment. This makes computers fast. It also means that \`write()\` promises nothing: pull the plug, and
the last half minute never happened.

To insist, there is a second call:

\`\`\`c
write(fd, record, size);  /* please remember */
fsync(fd);                /* come back when you really have */
\`\`\`

\`fsync\` returns when the disk itself says that the bytes will survive. On a good SSD it takes a
fraction of a millisecond, on a spinning disk about ten. It is the slowest thing that a database
does, and everything else is arranged around it.

## The log comes first

A change may touch many places: the row, three indexes, a free list. If the power fails between the
second and the third, the file is nonsense. So a database does not change them at all, at first. It
writes *one* record of what it is going to do at the end of a **log**, calls \`fsync\` once, and says
"committed". The real places are changed later, at leisure.

After a crash it reads the log from the last safe point and does what is written there, again. What
is not in the log, whole and with the right checksum, never happened. This is called *write-ahead
logging*, and it turns "many places, all or nothing" into "one place, there or not there".

\`\`\`text
1. append to the log:   order 812: paid
2. fsync the log        <- the promise is given here
3. answer "Thank you"
4. change the table, the indexes        (any time later)
\`\`\`

The order of lines 2 and 3 is the whole art. Swap them, and you have a database that is wonderfully
fast and lies.

## One fsync for many

If a sync takes a millisecond, does that mean a thousand orders a second and no more? It would, if
each order had to sync on its own. But while one sync is under way, other orders arrive and wait.
When it is done, all of them can go into the log together, with a *single* sync for the lot. This is
**group commit**. A busy database gets more efficient, not less: the more people wait, the more of
them share the ride.

## The settings that lie

Every database has a switch to break the promise, and often it is on without you knowing.

| database | keeps the promise | does not |
|---|---|---|
| SQLite (WAL mode) | \`synchronous = FULL\` | \`NORMAL\` may lose the last commits |
| PostgreSQL | \`synchronous_commit = on\` | \`off\`: up to a second may be lost |
| MongoDB | \`w: "majority", j: true\` | \`w: 1\`: a failover may take it back |
| Redis | \`appendfsync always\` | \`everysec\`, the usual choice |

None of the right-hand values is wrong. A counter of page views can bear the loss of a second. A
payment cannot. What is wrong is not to *know* which one you have. Read the value back when your
program starts, and refuse to run if it is not what you promised to your users.

## Trust, and test

Even \`fsync\` has failed us. In 2018 it turned out that on Linux, after an error, a *second* call
could report success although the data was gone; PostgreSQL had trusted it for twenty years, and now
stops the whole server at the first such error. There are disks that claim to have written what
still floats in their cache.

So pull the plug. Really: run your program in a loop, let it shout every number that was committed,
kill it with \`kill -9\` at a random moment, start again, and compare. It is ten lines of shell. If
the highest number that you *heard* is greater than the highest number that is *stored*, your "Thank
you" was a hope and not a promise.`,
  },
  {
    key: 'line-length',
    author: 'tomas',
    daysAgo: 12,
    title: 'The line that is too long',
    tags: ['typography', 'design', 'web'],
    body: `Open a web page without any styles in a wide window and try to read it. After a few lines you will
notice something odd: you keep losing your place. Your eye comes to the end, flies back to the left,
and lands in the line that you have just read, or in the one after the next. Nothing is wrong with
your eyes. The line is too long.

## What the eye does

We do not glide along a line of text. The eye jumps, from fixation to fixation, seven to nine
letters at a time, and it sees nothing during the jump. At the end of the line it has to make one
very long jump, back to the beginning of a line that it *cannot see sharply* while it jumps. It aims
by memory and by the look of the left edge.

The longer the line, the flatter the angle of this jump, and the easier it is to hit the wrong one.
When lines are short the jump is easy, but there are many of them, and sentences are cut to pieces.
Somewhere in the middle it is comfortable. Printers found the place five hundred years ago by
looking: **45 to 75 characters**, spaces included. Take the alphabet two and a half times and you
are there.

\`\`\`css
.article {
  max-width: 66ch;
}
\`\`\`

The unit \`ch\` is the width of the digit zero in the current font. In most text faces a zero is wider
than the average letter, so that \`66ch\` holds rather more than 66 characters; count in your own
font, and correct the number.

## Length and leading belong together

A line that is longer needs more room above and below, so that the return jump has a clear channel
to fly through. A good start for reading on a screen:

| characters in a line | line height |
|---|--:|
| 40 | 1.35 |
| 55 | 1.45 |
| 66 | 1.55 |
| 80 | 1.7 |

This is why one \`line-height\` for a whole site can never be right. The caption below a picture, at
twenty-five characters, falls apart with the 1.6 of the article around it. And headings, being
large, want it tighter still: 1.15 or so, otherwise a title in two lines looks like two titles.

## Size comes first

There is a hidden third party. The same sixty-six characters are a different thing in 14 pixels and
in 20. Many sites choose a small size, find that the column looks lost in a wide window, and stretch
it until the window is full. That is solving the problem at the wrong end. Make the letters larger.
A size that is comfortable at arm's length is somewhere between 18 and 21 pixels for most text
faces; then sixty-six characters are a column of real presence, and the empty space at its sides is
not waste. It is a margin. Books have had them for a while.

## Three small experiments

1. Take an article of your own and set it in 100, 80, 66 and 50 characters. Read a page of each,
   aloud. Notice where you stumble.
2. At 66 characters change only the line height, from 1.3 to 1.8, in steps of a tenth. There is a
   point at which the text stops being grey and becomes *stripes*. You have gone too far.
3. Turn the page upside down and squint. What you see now is the texture. It should be even, like
   cloth. Rivers of white, dark clots and ragged edges show themselves at once when they no longer
   mean anything.

## And the phone?

On a phone the question is reversed: at a readable size there are only forty characters, and there
is no choice. That is fine, forty is enough. Keep the size (do *not* shrink it to fit more in),
bring the line height down to about 1.4, set the text flush left, and switch on hyphenation if your
language has long words:

\`\`\`css
@media (max-width: 40rem) {
  .article {
    line-height: 1.4;
    hyphens: auto;
  }
}
\`\`\`

Good typography is mostly this: finding the few numbers that the eye has already decided about, and
then getting out of its way.`,
  },
];
