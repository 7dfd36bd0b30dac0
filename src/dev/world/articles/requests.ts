import type { WorldArticle } from '../types.ts';

export const requestsArticles: readonly WorldArticle[] = [
  {
    key: 'django-request',
    author: 'mira',
    daysAgo: 2,
    title: 'How Django answers a request',
    tags: ['django', 'python', 'web'],
    body: `A browser asks for \`/books/42/\`. A moment later it has a page. Between the two lies a path that is
the same for every request Django has ever answered, and once you have walked it, most of the
framework stops being magic. Here is the whole walk.

## The seven steps

1. **A server takes the bytes.** Gunicorn, uWSGI or Uvicorn accepts the connection and parses the
   HTTP text. Django does not speak to sockets at all.
2. **The handler is called.** The server calls one Python function, and hands it a dictionary that
   describes the request. For WSGI it is the \`application\` in your project's \`wsgi.py\`.
3. **An \`HttpRequest\` is made.** Django wraps the dictionary in an object: \`request.method\`,
   \`request.GET\`, \`request.headers\`. Nothing has been read from the body yet.
4. **The request goes in through the middleware**, from the first line of \`MIDDLEWARE\` to the last:
   security, sessions, authentication, whatever you added.
5. **The URL is resolved.** Django walks your \`urlpatterns\` from the top and stops at the first one
   that matches.
6. **The view runs** and returns an \`HttpResponse\`.
7. **The response goes out through the middleware**, from the last line back to the first, and the
   server writes it to the socket.

That is all. Everything else you will ever learn about Django hangs on one of these seven nails.

## The door

Your whole project, with its models, forms and templates, looks like this from the outside:

\`\`\`python
def application(environ, start_response):
    """Called once for every request."""
\`\`\`

\`environ\` is a plain dictionary: \`REQUEST_METHOD\`, \`PATH_INFO\`, a file object for the body. The
\`get_wsgi_application()\` in your \`wsgi.py\` returns an object that can be called in exactly this way.
Nothing forbids you to call it yourself, and Django's own test client does just that: no network, no
port, the same seven steps.

## Finding the view

\`\`\`python
urlpatterns = [
    path("books/", views.index),
    path("books/<int:pk>/", views.detail),
    path("<slug:page>/", views.page),
]
\`\`\`

For \`/books/42/\` Django cuts off the leading slash and tries the patterns in order. The second one
fits: \`<int:pk>\` is a converter that accepts digits and turns them into a number, so the view
receives \`pk=42\` and not the text \`"42"\`.

Order is meaning here. Were the last line first, it would swallow \`books/\` as a page called *books*,
and \`views.index\` would never run. When nothing matches, \`Http404\` is raised, and that, too, becomes
a response.

## The view

A view is a function from a request to a response:

\`\`\`python
def detail(request, pk):
    book = get_object_or_404(Book, pk=pk)
    return render(request, "books/detail.html", {"book": book})
\`\`\`

\`render\` fills in the template, puts the text into an \`HttpResponse\` and returns it. A class-based
view is no exception to the rule: \`DetailView.as_view()\` *returns a function*, and this function is
what stands in your \`urlpatterns\`.

What happens if the view raises an exception? Django catches it at the next layer of the middleware,
so that an error is never more than a response with an unhappy status: 404 for \`Http404\`, 403 for
\`PermissionDenied\`, 500 for everything you did not think of. With \`DEBUG = True\` the last one is the
yellow page that you know.

## The way back

Now the response passes the same middleware in reverse. Sessions are saved here, if the view touched
them. Headers are added. A page may be compressed. Only then does the server get to see the first
byte.

One thing still waits: the template may not have been filled in at all. A \`TemplateResponse\` is
rendered late, after the middleware had its chance to change the context. Use it when somebody
outside your view has something to add.

## What to do with this

When a page behaves oddly, ask *at which step?* before you ask *why?*

- The view is never reached: look at steps 4 and 5. Put a \`print\` into the first middleware.
- The view gets a strange argument: step 5, a converter.
- The response is right in the view and wrong in the browser: step 7.

Seven nails. You will not need to remember more than that.`,
  },
  {
    key: 'middleware-onion',
    author: 'mira',
    daysAgo: 9,
    title: 'Middleware is an onion',
    tags: ['web', 'django', 'python', 'design'],
    body: `Ask three people what middleware is and you get three drawings: a pipe, a stack, an onion. The onion
is the right one, and the reason fits into six lines.

\`\`\`python
def middleware(next_layer):
    def layer(request):
        # on the way in
        response = next_layer(request)
        # on the way out
        return response
    return layer
\`\`\`

A layer gets the *rest of the application* as one function. It may call it, and then it holds both
ends of the visit: the request before anybody else saw it, and the response before it leaves. Wrap
the view in five such layers and every request crosses five skins on the way in and the same five on
the way out.

## Why not a pipe?

In a pipe, things go in at one end and come out at the other, and each station sees them once. That
is good enough for a log line. It is not enough for this:

\`\`\`python
import time

def timing(next_layer):
    def layer(request):
        started = time.perf_counter()
        response = next_layer(request)
        spent = time.perf_counter() - started
        response.headers["Server-Timing"] = f"app;dur={spent * 1000:.1f}"
        return response
    return layer
\`\`\`

The time is known only *after* the inner layers are done, and the start is known only *before*. With
a pipe you would need two stations and a place to keep the start in between. The onion keeps it in a
local variable.

The same shape gives you a transaction (begin, run, commit or roll back), a lock (take, run,
release) and a \`try\` around everything inside. Python people know it from \`with\`; it is the same
idea, one floor up.

## Order is part of the program

Since layers nest, their order says who sees what. Take a typical list:

1. compress the response
2. find the session
3. find out who is asking
4. refuse those who may not

Swap 2 and 3 and nobody is ever logged in, because the person is looked up in a session that has not
been loaded. Put 1 at the end and it compresses a page that a later layer wants to change, who then
finds bytes instead of text. There is no error message for either. The list in your settings file
looks like configuration, and is code.

A rule of thumb that has served me well: **the outer layers know about HTTP, the inner ones about
people, the innermost about your application.** If a layer has to reach outwards for something, it
is in the wrong place.

## A layer may say no

Nothing forces a layer to call \`next_layer\`. When it does not, everything inside simply never
happens:

\`\`\`python
def closed_at_night(next_layer):
    def layer(request):
        if datetime.now().hour < 6:
            return HttpResponse("Come back at six.", status=503)
        return next_layer(request)
    return layer
\`\`\`

This is how a cache answers without touching your view, how a rate limit protects it, and how a
redirect to the login page works. It is also how an afternoon gets lost: the view has a bug, you add
a \`print\`, and nothing is printed, because a layer three skins further out has already answered. If
a view seems dead, look for somebody who speaks in its place.

## The same onion elsewhere

The names differ, the shape does not.

| framework | a layer is | the inside is called |
|---|---|---|
| Django | \`__call__(request)\` of a class | \`self.get_response\` |
| Koa | \`async (ctx, next) => {…}\` | \`next()\` |
| ASP.NET | \`InvokeAsync(context)\` | \`_next(context)\` |
| Rack | \`call(env)\` | \`@app.call(env)\` |
| Go's net/http | \`func(http.Handler) http.Handler\` | \`next.ServeHTTP\` |

Express is the odd one out. Its \`next()\` tells the framework to go on and does not hand you the
response, so there is no *way out* to stand on. People who need one listen to the \`finish\` event or
replace \`res.end\`, and both are ways of growing an onion inside a pipe.

## Three questions for every layer

Before I add one, I ask:

- [ ] Does it concern *every* request? Otherwise a decorator on some views is more honest.
- [ ] What does it do when the inside throws? (If the answer is "nothing", the lock stays locked.)
- [ ] Who may stand outside of it, and who must not?

If all three have an answer, it is a good skin to have. If not, it is a function that has not found
its caller yet.`,
  },
];
