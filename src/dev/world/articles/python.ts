import type { WorldArticle } from '../types.ts';

export const pythonArticles: readonly WorldArticle[] = [
  {
    key: 'generators',
    author: 'jonas',
    daysAgo: 5,
    title: 'Generators are functions that can wait',
    tags: ['python', 'programming'],
    body: `Most functions live a short life. They are called, they run to the end, they give back one value,
and everything they knew is forgotten. A generator is a function that may stop in the middle, hand
something over, and be woken up later in exactly the same spot.

\`\`\`python
def countdown(n):
    while n > 0:
        yield n
        n -= 1
\`\`\`

Calling \`countdown(3)\` runs *nothing*. It gives you an object that holds a paused function, standing
before its first line. Each \`next()\` wakes it:

\`\`\`python
>>> c = countdown(3)
>>> next(c)
3
>>> next(c)
2
\`\`\`

Between the two calls, \`n\` was kept. Not in a global, not in an object that you had to invent: in
the frame of a function that has not finished.

## Reading a file that does not fit

The everyday use is work on more data than there is memory:

\`\`\`python
def errors(path):
    with open(path) as lines:
        for line in lines:
            if " ERROR " in line:
                yield line

def by_hour(lines):
    for line in lines:
        yield line[:13], line

for hour, line in by_hour(errors("server.log")):
    print(hour, line)
\`\`\`

The file may have forty gigabytes. At any moment there is *one* line in memory, and it travels
through the whole chain before the next one is read. Nothing in \`by_hour\` knows that there is a
file. You can test it with a list of three strings.

This is the same idea as a pipe in the shell: small tools, joined, each of them working while the
others do. The difference is who is in charge. In a shell the producer pushes. With generators the
*consumer pulls*: nothing happens until the loop at the end wants a line. If it breaks out after
ten, the rest of the file is never read.

## The cleanup nobody sees

What about the \`with open(…)\` in \`errors\`, if the loop stops early? When the generator is no longer
needed, Python calls its \`close()\`, which raises \`GeneratorExit\` *at the yield where it stands*. The
\`with\` block sees an exception passing through and closes the file. In CPython this happens at once,
when the last reference goes away; elsewhere it may take a while, so if it matters, say it aloud:

\`\`\`python
from contextlib import closing

with closing(errors("server.log")) as found:
    for line in found:
        ...
\`\`\`

## Two that belong together

\`yield from\` lets one generator speak for another. It makes recursion over trees almost
embarrassingly short:

\`\`\`python
def walk(node):
    yield node.value
    for child in node.children:
        yield from walk(child)
\`\`\`

And \`send()\` lets the consumer answer back: \`x = yield y\` hands \`y\` out and sleeps until somebody
sends a value for \`x\`. If that sounds like a conversation between two functions that take turns, it
is. It is also how \`async\` began. An \`await\` is a \`yield\` that has found a better job: the function
says *wake me when the data is there*, and an event loop holds the paused ones and wakes whoever is
due. A server with ten thousand open connections is a room full of functions that wait.

## When not to

A generator can be walked through **once**. This is the mistake that I still make once a year:

\`\`\`python
squares = (x * x for x in range(10))
print(sum(squares))   # 285
print(max(squares))   # ValueError: the second walk is empty
\`\`\`

No warning, only emptiness. If you need the values twice, make a list, and say with it that they fit
into memory. And do not return a generator from a function whose caller expects to be told *now*
that the file does not exist: the complaint will come later, far away, at the first \`next()\`.

For everything else, let your functions wait. They are good at it.`,
  },
  {
    key: 'stack-trace',
    author: 'jonas',
    daysAgo: 21,
    title: 'Read the traceback from the bottom',
    tags: ['python', 'debugging', 'beginners'],
    body: `Somebody pastes forty red lines into the chat and writes: *it does not work*. The answer is nearly
always in those lines. Reading them is a craft with few rules, and they can be learned in ten
minutes.

\`\`\`text
Traceback (most recent call last):
  File "/srv/shop/manage.py", line 22, in <module>
    main()
  File "/srv/venv/lib/python3.12/site-packages/framework/run.py", line 88, in main
    handle(options)
  File "/srv/shop/orders/report.py", line 41, in handle
    rows.append(total(order))
  File "/srv/shop/orders/report.py", line 17, in total
    return sum(item.price * item.count for item in order.items)
  File "/srv/shop/orders/report.py", line 17, in <genexpr>
    return sum(item.price * item.count for item in order.items)
TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
\`\`\`

## Rule one: start with the last line

It says *what* happened: somebody multiplied \`None\` by a number. Read it word by word, aloud if you
must. Nine beginners out of ten jump over it and look at the place first. But "what" tells you what
to look for when you get there.

## Rule two: go up to the first file that is yours

The traceback is the chain of calls, oldest on top. The line above the error is where it blew up.
That may be deep inside a library, and the library is seldom guilty: it was given something strange
by *your* code. So go up until a path begins with your own folder. Here it is at once \`report.py\`,
line 17.

Now you have a sentence: *in \`total\`, either \`item.price\` or \`item.count\` is \`None\`*. Python 3.11
and later even underline the part of the line that failed.

## Rule three: ask where the value was born

Line 17 is where the \`None\` *hurt*. It is not where it was *made*. This is the step that tells a fix
from a patch. A patch writes \`(item.price or 0)\`, and from then on the shop gives away things for
free. A fix asks: why is there an item without a price? Perhaps the column allows it, and an import
from last Tuesday brought three such rows.

The distance between where a wrong value is born and where it hurts is what makes a bug hard. If you
want a happier life, shorten it: check values where they come in, and let them be refused there,
loudly.

## When there are two tracebacks

\`\`\`text
KeyError: 'EUR'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  ...
\`\`\`

While Python dealt with the first error, a second one happened *in the code that dealt with it*.
Both are true, and you want the **first**: the second is usually a crash in somebody's error
message. If it says *"The above exception was the direct cause of the following exception"* instead,
then somebody wrote \`raise … from …\` on purpose, and the last one is a translation of the first for
people upstairs.

## A minute before you ask

Before you show it to others, do this. It is polite, and half of the time you will not need to ask
any more.

1. Copy the **whole** text, as text. A picture cannot be searched.
2. Search the web for the last line without the parts that are only yours: names, ids, paths.
3. Make it smaller. Take away everything that is not needed for the error. When it goes away, the
   last thing that you took was part of the cause.
4. Write down what you *expected*. "It does not work" hides two claims: what should be, and what is.

I keep a rubber duck on the desk for step four. It has solved more of my problems than any
colleague, and it has never once been right about anything. It only makes me say the sentence to its
end.`,
  },
];
