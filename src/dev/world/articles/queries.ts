import type { WorldArticle } from '../types.ts';

export const queriesArticles: readonly WorldArticle[] = [
  {
    key: 'orm-lazy',
    author: 'mira',
    daysAgo: 33,
    title: 'What the ORM does while nobody looks',
    tags: ['django', 'databases', 'python', 'performance'],
    body: `Here are two lines. How many times do they ask the database?

\`\`\`python
books = Book.objects.filter(year__gte=2000)
books = books.exclude(pages__lt=100).order_by("title")
\`\`\`

Not once. A query set is a *question that has not been asked yet*. Every method returns a new,
longer question. The asking happens when somebody wants the answer: in a loop, in \`len()\`, in
\`list()\`, in a template at the last possible moment. I like to think of it as a letter that is
written line by line and posted only when you stand at the mailbox.

## Why lazy is right

Laziness lets pieces of a program talk about *the same* query. A view starts with "all books". A
mixin adds "that this person may see". A form adds "written after 2000". A paginator adds "numbers
21 to 40". Four places, none of which knows the others, and the database gets a single \`SELECT\` with
a \`LIMIT\`. With eager lists the first place would have loaded the whole table.

## And where it bites

\`\`\`python
for book in Book.objects.all():
    print(book.title, book.author.name)
\`\`\`

It reads so well. And it asks once for the books, and then *once more for every book*, because
\`book.author\` is lazy as well: it is fetched when you touch it. A hundred books, a hundred and one
queries. This is the famous *N + 1*, and its special malice is that it does not hurt on your laptop,
where there are three books.

The cure is to say in the question what you will need from the answer:

\`\`\`python
Book.objects.select_related("author")      # one query with a JOIN
Book.objects.prefetch_related("chapters")  # two queries, joined in Python
\`\`\`

\`select_related\` follows a foreign key, where there is *one* thing at the other end.
\`prefetch_related\` is for *many*: it collects the ids, asks a second question with \`WHERE book_id IN
(…)\`, and hands each book its share. Two queries instead of a hundred and one, for any number of
books.

## Seeing it

Never guess. In a test you can nail the number down:

\`\`\`python
def test_the_list_asks_twice(self):
    with self.assertNumQueries(2):
        self.client.get("/books/")
\`\`\`

Now make ten books instead of three and run it again. If the number changes with the number of rows,
you have found one. This little test is worth more than any profiler, since it fails on the day that
somebody adds \`{{ book.publisher.city }}\` to the template.

## Evaluated twice

A query set remembers its answer once it was asked *as a whole*:

\`\`\`python
books = Book.objects.all()
list(books)    # asks
list(books)    # answers from memory
books[5]       # from memory as well
\`\`\`

Take away the two \`list\` lines, and \`books[5]\` asks for one row only. Call \`books.filter(…)\`, and
you have a new question that knows nothing of the old answer. That is why a method like this one,
which looks innocent, may ask every time:

\`\`\`python
class Author(models.Model):
    def bestseller(self):
        return self.books.order_by("-sold").first()
\`\`\`

No prefetching helps here: \`order_by\` makes a new question. Sort in Python, or prefetch with a
\`Prefetch\` object that carries the order.

## Four habits

1. **Count in the database.** \`books.count()\` asks for a number. \`len(books)\` fetches every row to
   count them.
2. **Ask whether, not what.** \`books.exists()\` stops at the first row.
3. **Take what you need.** \`only("title")\` or \`values_list("title")\` leaves the 200 KB of
   description where they are.
4. **Write with one statement.** \`books.update(price=F("price") * 2)\` happens in the database, at
   once. A loop with \`save()\` reads, changes and writes back each row, and overwrites what somebody
   else has changed in the meantime.

The ORM is not slow, and it is not clever either. It is a very polite secretary who posts each
letter that you write. Write fewer letters.`,
  },
  {
    key: 'index-scan',
    author: 'leila',
    daysAgo: 7,
    title: 'Why your database reads the whole table',
    tags: ['databases', 'sql', 'performance'],
    body: `A table with ten million orders, an index on the date, and this query takes four seconds:

\`\`\`sql
SELECT * FROM orders WHERE substr(created_at, 1, 10) = '2025-03-01';
\`\`\`

The index is there. It is not used. To see why, it helps to forget about databases and think of a
book.

## The index at the end of the book

An index is a second, smaller book in which the entries of one column stand *in order*, each with a
note where the row is to be found. Because it is in order, you can open it in the middle, see that
you are too far, and halve again. Ten million entries need about twenty-four such steps. (Real ones
branch into hundreds instead of two, and need three or four.)

Everything that an index can do follows from *being in order*, and so does everything that it
cannot.

| question | can the order help? |
|---|---|
| \`name = 'Ada'\` | yes |
| \`name > 'M'\` | yes: open at M, read on |
| \`name LIKE 'Ad%'\` | yes: all of them stand together[^like] |
| \`name LIKE '%da'\` | no: endings are scattered everywhere |
| \`lower(name) = 'ada'\` | no: it is ordered by \`name\`, not by \`lower(name)\` |
| \`ORDER BY name LIMIT 10\` | yes: the first ten entries, no sorting |

[^like]: If upper and lower case are told apart in the same way by the index and by \`LIKE\`. In
    SQLite they are not by default, which has surprised better people than me.

My query asks for \`substr(created_at, 1, 10)\`. The book is ordered by \`created_at\`. The database
does not know that cutting off the end keeps the order, so it does the only honest thing: it reads
every row, computes the function and compares. Say the same as a range, and it is a matter of
milliseconds:

\`\`\`sql
SELECT * FROM orders
WHERE created_at >= '2025-03-01' AND created_at < '2025-03-02';
\`\`\`

The rule of thumb: **leave the column alone on its side of the comparison.** Move the arithmetic to
the other side.

## Two columns, one order

An index on \`(city, age)\` is ordered like a phone book: by city, and *within* a city by age. It
answers "people in Oslo", and "people in Oslo over forty". It does not answer "people over forty":
they are spread over all cities. So the order of columns in an index is a decision, and this is how
I make it:

1. First the columns that are compared with \`=\`.
2. Then the one column that is compared with \`<\`, \`>\` or sorted by.
3. Then, perhaps, columns that are only shown, so that the row itself need not be opened at all.
   That is a *covering* index.

## Ask the database what it does

You do not have to guess. Every database tells you its plan:

\`\`\`sql
EXPLAIN QUERY PLAN
SELECT * FROM orders WHERE customer_id = 7 ORDER BY created_at DESC LIMIT 20;
\`\`\`

\`\`\`text
SEARCH orders USING INDEX orders_by_customer (customer_id=?)
USE TEMP B-TREE FOR ORDER BY
\`\`\`

Two words matter in SQLite: \`SEARCH\` is good, \`SCAN\` means that everything is read. The second line
says that all orders of the customer are fetched and sorted, to show twenty. With an index on
\`(customer_id, created_at)\` this line disappears, and the query stops after twenty rows. In
PostgreSQL it is \`EXPLAIN (ANALYZE, BUFFERS)\`, and the words are *Index Scan* and *Seq Scan*.

## When it is right not to use it

Sometimes the database has an index, could use it, and reads the table all the same. It is not
stupid. To follow an index means to jump: one entry, one row, somewhere on the disk. If the answer
is a third of the table, reading it from front to back is faster than three million jumps. This is
why an index on a column with two values ("active: yes or no") is mostly a waste, except when one of
the two is rare and the only one that you ever ask for. Then make the index for the rare ones alone:

\`\`\`sql
CREATE INDEX open_tickets ON tickets (created_at) WHERE closed_at IS NULL;
\`\`\`

And remember the price. Every index is a book that has to be kept in order at *every* write. A table
with nine indexes is written ten times. Look at them once a year, and ask each one what it has done
for you lately.`,
  },
];
