import type { WorldArticle } from '../types.ts';

export const outdoorsArticles: readonly WorldArticle[] = [
  {
    key: 'compost',
    author: 'greta',
    daysAgo: 4,
    title: 'Compost is a slow fire',
    tags: ['gardening', 'science', 'beginners'],
    body: `Put your hand into a good heap in March. There may be frost on the grass and the inside is as warm
as a bath. Nobody lit it. It burns all the same: carbon and oxygen become carbon dioxide and heat,
just as in a stove, only that the stove is alive and takes three months.

Once you see compost as a fire, the rules that are usually handed down like spells turn out to be
what anybody would do who tends one.

## Fuel: brown and green

A fire needs wood, and something to get it going. For a heap that is:

- **brown**: dry leaves, straw, cardboard, twigs. Carbon, the fuel itself.
- **green**: grass, kitchen scraps, coffee grounds, manure. Nitrogen, from which the microbes build
  their own bodies.

They need about twenty-five to thirty parts of carbon for each part of nitrogen. Nobody weighs that.
In the garden it comes out at *two or three buckets of brown for a bucket of green*. Too much green,
and the surplus nitrogen leaves as ammonia; you will smell it. Too much brown, and the heap just
sits there, like damp logs.

| it is | because | so |
|---|---|---|
| slimy, and stinks of rotten eggs | there is no air | turn it, add twigs |
| sharp, like a stable | too much green | add leaves, cardboard |
| dry, cold and unchanged | too little water or green | water it, add grass |
| warm and smells of forest | all is well | leave it alone |

## Air

Without oxygen the fire does not go out, it *smoulders*. Other microbes take over, which live
without air, and they make the bad smells. Twigs at the bottom and now and then a layer of something
coarse keep the channels open. Turning the heap is the bellows: each time that the temperature
falls, fork it over, outside to inside, and it will rise again. A heap that is turned every two
weeks is ready in three months. One that is never turned takes a year, and is just as good. You pay
with work or with patience.

## Water

Take a handful from the middle and squeeze it. It should feel like a wrung-out sponge, and give a
drop or two, not a trickle. Microbes swim; they live in the film of water around each crumb. Too
little, and they sleep. Too much, and the film fills the channels, and we are back at smouldering.

## Size

A single log does not burn alone. A heap needs enough body to keep its own warmth, and this is a
matter of plain geometry: volume makes heat, surface loses it. Below half a cubic metre the surface
wins. **One metre each way** is the classical size, and not by accident.

When it works you can follow it with a thermometer:

1. *Days 1 to 3*: up to 40 °C. The quick eaters take sugar and starch.
2. *Week 1 to 4*: 55 to 65 °C. Now it is the turn of those that love heat. Three days above 55 kill
   most weed seeds and diseases. Above 70 it gets too hot for everyone; turn it.
3. *Month 2*: back to 30. Fungi move in and take on the wood.
4. *Month 3*: as warm as the air. Worms arrive. They do not make the compost, they sign for it.

## What does not belong in it

Meat and cheese, because of the rats. Cat litter, because of what lives in cats. Glossy paper. Weeds
with roots that creep, unless you know that your heap gets hot. Everything else that has once lived
will live again, though avocado stones take their time.

## How to start tomorrow

- [ ] A shady place on bare soil, a metre by a metre.
- [ ] A layer of twigs, as high as your hand.
- [ ] Then brown and green in turns, the brown always on top.
- [ ] A can of water for each layer, if it is dry.
- [ ] An old carpet as a lid.

And a fork. A fire likes company.`,
  },
  {
    key: 'jupiter-moons',
    author: 'idris',
    daysAgo: 14,
    title: 'Four moons and a pair of binoculars',
    tags: ['astronomy', 'science', 'beginners'],
    body: `On the seventh of January 1610 Galileo pointed a tube with two lenses at Jupiter and saw three
little stars beside it, in a straight line. A night later they had moved to the other side. Within a
week there were four of them, and it was clear that they went *around* Jupiter. Not everything in
the sky turned around us. It was the end of a very old idea.

You can make the same discovery this month, with better glass than his, in a week of ten minutes
each night.

## What you need

Binoculars that say **7×50** or **10×50** on them. The first number is how much they enlarge, the
second how wide the front lens is, in millimetres. Galileo's tube enlarged twenty times, but it
showed a patch of sky as narrow as half the moon, and through bad glass. Ten steady times beat
twenty trembling ones.

The trembling is the one real problem. At ten times, your heartbeat moves Jupiter about like a fly.
So do *not* hold them freely:

1. Lean on a wall, or lie in a deck chair with your elbows on the arms.
2. Or put the binoculars on a fence post, on a bag of rice.
3. Or screw them to a tripod. There is a thread under the cap at the front hinge; the adapter costs
   less than a book.

## Finding it

When Jupiter is up, it is the brightest thing in the night sky after the moon and Venus, and unlike
Venus it may stand high up at midnight. It is cream-coloured and it **does not twinkle**. Stars are
points, and a single ripple in the air makes a point vanish and come back. Jupiter is a small disc;
the ripples average out.

Any sky map will tell you where it is this month. Look south (north, if you live below the equator)
along the path that sun and moon take.

## What you will see

A tiny bright disc, not a point, and close to it, on a line, up to four faint stars. Those are the
moons:

| moon | once around in | how far out, in widths of Jupiter |
|---|--:|--:|
| Io | 1 day 18 hours | 3 |
| Europa | 3 days 13 hours | 5 |
| Ganymede | 7 days 4 hours | 7½ |
| Callisto | 16 days 17 hours | 13 |

If you see only three, wait: one is in front of the planet, behind it, or in its shadow. They would
be visible with the naked eye, were it not for the glare of Jupiter next to them.

Look at the first three periods once more. Europa takes twice as long as Io, Ganymede twice as long
as Europa, to within one or two parts in a hundred. Each time that Ganymede goes round once, Io has
gone round four times, and they meet at the same places over and over and tug at each other. This
tugging kneads Io so strongly that its rock melts: it is the most volcanic place that we know of.
All of that hides in four dots on a line.

## Do it as he did

Take a sheet of paper, draw a small circle in the middle for each night, and put the dots where you
see them. Do not look them up.

\`\`\`text
7 Jan    .  .  O   .
8 Jan          O  . . .
10 Jan   .  .  O
11 Jan   .  .  O
13 Jan      .  O . . .
\`\`\`

These are his, from the notebook. It is the least impressive drawing in the history of science. He
did not see the moons *move*; he saw that they *had moved*, and he had to find the rule behind it.
After four or five nights try to tell which dot is which. (Callisto is the one that strays farthest.
Io never goes far and is never where you left it.)

## One thing more

In 1676 Ole Rømer noticed that Io came late. Whenever the Earth was on the far side of its orbit,
away from Jupiter, Io went into the shadow of the planet some minutes later than predicted. He
concluded that light itself needs time to cross the distance. It was the first time anybody had
measured that light has a speed at all, and the clock that he used is the innermost of your four
dots.

Not bad for a fence post and a bag of rice.`,
  },
];
