import type { WorldArticle } from '../types.ts';

export const sensesArticles: readonly WorldArticle[] = [
  {
    key: 'browning',
    author: 'amara',
    daysAgo: 10,
    title: 'What happens when bread turns brown',
    tags: ['cooking', 'science'],
    body: `Toast does not taste of bread. A seared steak does not taste of boiled beef, and coffee does not
taste of green beans at all. In each case the same thing has happened at the surface, a chemical
reaction with a French name that has decided more about our taste than any spice: the **Maillard
reaction**.

## Two partners

Louis Camille Maillard described it in 1912, when he heated sugars and amino acids together, hoping
to learn something about cells. Amino acids are what protein is made of. Heat them with a simple
sugar and they grip each other, rearrange, break, and grip again. After a dozen steps there are
hundreds of new substances: some brown, some fragrant. Popcorn and fresh crust owe much of their
smell to a single one of them, 2-acetyl-1-pyrroline, and the nose finds it where few instruments
would.

It is not caramel. Caramel is sugar alone, and needs more heat. And it is not burning, which is what
you get when you do not listen to either.

## Water is the enemy

The reaction wants about 140 °C to run at a pace that a cook can bear. Water boils at 100. As long
as a surface is wet, it cannot get hotter than that: all the heat goes into making steam. This one
fact explains half of the advice in cookery books:

- **Dry the meat** before it goes into the pan. Paper, or a night in the fridge, uncovered.
- **Do not crowd the pan.** Ten mushrooms fry. Fifty mushrooms stew in the steam of the others.
- **Fat helps**, because it carries heat into every wrinkle, and it goes beyond 100 without a
  murmur.
- A **boiled** potato is never brown. A roast one is boiled first, roughed up and dried, so that
  there is a lot of surface with little water.

## The other levers

Once it is hot and dry, you can still push:

| lever | how | where you know it from |
|---|---|---|
| more sugar | a brush of milk or honey | buns, glazed ham |
| more protein | a brush of egg | the gloss on a brioche |
| less acid | a pinch of baking soda | pretzels in lye, quick brown onions |
| more time | low and slow | stock, black garlic |

The third one is striking. Amino acids grip better when it is alkaline. Put a quarter of a teaspoon
of soda to a pound of onions, and they are brown in half the time. They also turn to mush, because
soda dissolves what holds plants together; so it is fine for soup and wrong for a garnish. Pretzel
bakers go to the extreme: they dip the dough in lye, and get that deep mahogany in twelve minutes.

## A test in four slices

Nothing teaches like toast. Take four slices of the same white bread:

1. as it is
2. brushed with water
3. brushed with milk
4. brushed with water in which you have dissolved a little baking soda

Toast them all together for the same time. Number two stays pale: it spent the time drying. Number
three is darker and smells sweet, since milk has both sugar and protein. Number four is the darkest
of them all, and tastes faintly of pretzel. I have done this with children of eight and with chefs
of fifty, and there is the same silence at the same moment.

## When to stop

The pleasant smells are *light* molecules, and they come first. Bitter, heavy ones come later. So
colour is a clock: golden is mostly fragrance, brown is balance, and near black the balance has
gone. With starchy foods there is one more reason to stop at gold. The same reaction makes
acrylamide there, which is not good for us, and it rises steeply in the last minute. The old rule
says it well enough: *golden, not brown; brown, not black*.

And let it rest. A crust fresh from the oven still gives off steam from within; wait ten minutes,
and it will crackle. It is the bread's way of telling you that the water has lost.`,
  },
  {
    key: 'twelve-notes',
    author: 'yuki',
    daysAgo: 19,
    title: 'Why there are twelve notes',
    tags: ['music', 'mathematics'],
    body: `A piano has eighty-eight keys and only twelve *different* notes; then it begins again. Why twelve?
Not ten, which we can count on our fingers, and not sixteen? It is one of the rare questions about
music that has an answer in numbers, and you need nothing but a string.

## Two sounds that agree

Pluck a string. Stop it in the middle and pluck again: the same note, only higher. It vibrates twice
as fast. This ratio, 2:1, is the **octave**, and in every culture that I know of, men and women who
sing "the same" melody together in fact sing it an octave apart.

Stop the string at a third of its length, so that two thirds vibrate, and you get a new note that
blends with the old one better than any other does. Ratio 3:2. That is the **fifth**, the leap in
*Twinkle, twinkle*.

Here is the plan: start anywhere, go up by fifths, and collect the notes that you meet. Whenever one
gets too high, take it down an octave. You never leave simple ratios, so that everything should
sound well with its neighbours.

## A staircase that misses the floor

Let us do it, and stop when we are back at the beginning:

\`\`\`python
note = 1.0
for step in range(1, 13):
    note *= 3 / 2
    while note >= 2:
        note /= 2
    print(step, round(note, 4))
\`\`\`

\`\`\`text
1 1.5
2 1.125
3 1.6875
4 1.2656
5 1.8984
6 1.4238
7 1.0679
8 1.6018
9 1.2014
10 1.802
11 1.3515
12 1.0136
\`\`\`

After twelve steps we arrive at 1.0136. That is *almost* 1, and it never will be exactly: a power of
three would have to equal a power of two, and the one is always odd, the other always even. Twelve
fifths overshoot seven octaves by about a quarter of a semitone. It has a name, the **Pythagorean
comma**, and it has annoyed musicians for two and a half thousand years.

So why twelve? Because it is the first number that comes *close*. Five steps leave a gap of about a
semitone (and five notes give the pentatonic scale, found from Scotland to Java). Seven are off by
about as much in the other direction, and they are our white keys. At twelve the gap is small enough
to hide. The next number that does better is 41, and then 53. Harmoniums with 53 keys to the octave
have been built. Hardly anybody could play them.

## Where to hide the comma

It has to go somewhere, and every tuning is a different answer to the question where.

1. **Pythagorean**: eleven fifths are pure, and the twelfth gets all of it. That one howls so badly
   that it was called the *wolf*. You just never play it.
2. **Meantone**: make the fifths a little narrow, so that the *thirds* become beautiful. In keys
   with few sharps and flats it sounds like honey. In the others there is the wolf again.
3. **Well tempered**: spread it unevenly, so that every key can be played and each has a colour of
   its own. This is what Bach's title means. He did not mean *equally* tempered.
4. **Equal**: give each of the twelve fifths the same tiny part. Each semitone is then 2 to the
   power of 1/12, or 1.0595. Nothing is pure but the octave, and nothing is far off.

The last one has won. A fifth on today's piano is 1.4983 instead of 1.5; you need a good ear to hear
it. The major third is worse, 1.2599 where the string says 1.25, and that you *do* hear once
somebody has shown you. Listen to a good choir hold a final chord without a piano: it slides, very
slightly, into the pure third, and the room begins to ring. Nobody told them the numbers.

## Try it

Sing a note with a friend, and let the friend slide slowly upwards from it while you hold. Most of
the way it is rough. At a few places the roughness stops all of a sudden, as if a door had been
closed. Those are the simple ratios: 6:5, 5:4, 4:3, 3:2. You have tuned by ear for all your life.
Now you know what you were listening for.`,
  },
];
