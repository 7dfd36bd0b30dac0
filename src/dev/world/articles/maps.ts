import type { WorldArticle } from '../types.ts';

export const mapsArticles: readonly WorldArticle[] = [
  {
    key: 'maps-lie',
    author: 'pavel',
    daysAgo: 23,
    title: 'Every map lies about something',
    tags: ['maps', 'geography', 'mathematics'],
    body: `Peel an orange and try to press the peel flat on the table. It tears. You may stretch it, cut it or
crumple it, but it will not lie flat as it is. That is no lack of skill: in 1827 Gauss proved that
it cannot be done. A sphere is curved in a way that no bending takes away, so that **every flat map
of the Earth must distort something**. The only choice is what.

## Four things one would like to keep

1. **Angles**: a right angle on the ground is one on the map, and small shapes look right.
2. **Areas**: a country twice as large is shown twice as large.
3. **Distances**: a centimetre is the same number of kilometres everywhere.
4. **Directions**: a straight line on the map is the straight way on the ground.

The first two exclude each other. The third is possible from one or two points only. And so each
projection is a little treaty, in which somebody gives something up.

## The one that everybody knows

Gerardus Mercator made his map in 1569 for sailors. He kept the angles. On his map you draw a
straight line from Lisbon to Havana, measure its angle to north, hold to this course with a compass,
and you will arrive. Not by the shortest way, but without any mathematics, and in a storm this
counts for more.

The price is area. Towards the poles the meridians should come together; Mercator keeps them
parallel, so that everything there is stretched from east to west. To save the angles, he has to
stretch it from south to north by as much.

\`\`\`python
from math import cos, radians

for latitude in (0, 30, 45, 60, 70, 80):
    print(latitude, round(1 / cos(radians(latitude)) ** 2, 1))
\`\`\`

\`\`\`text
0 1.0
30 1.3
45 2.0
60 4.0
70 8.5
80 33.2
\`\`\`

In Oslo, at 60 degrees, everything is drawn four times too large. Greenland looks as big as Africa,
and Africa has fourteen times its area. The map was honest about this; it was made for another
purpose. The lie began when it was hung up in schoolrooms.

Online maps use it to this day, and for a good reason: they are mostly looked at *from near*. At the
scale of a town, keeping angles means that street corners look like street corners, in Nairobi as in
Tromsø.

## Others, and what they give up

| projection | keeps | gives up | good for |
|---|---|---|---|
| Mercator | angles | areas, wildly | sailing, town maps |
| Gall-Peters | areas | shapes: Africa hangs like laundry | making a point |
| Mollweide | areas | shapes at the rim | maps of forests, rain, people |
| Azimuthal equidistant | distances from *one* point | everything else | radio, flights from your airport |
| Robinson | nothing exactly | a little of each | a poster that looks right |

The last line is my favourite. In the 1960s Arthur Robinson was asked for a good-looking map of the
world. He did not start with a formula. He moved the lines about until the continents looked right
to him, wrote the numbers down in a table, and only then did somebody find a formula for the table.
It keeps *nothing*. For ten years it was the map of the National Geographic Society.

## The lies that are not geometry

Even a map of a village, flat enough for anybody, leaves out nearly everything. The road is drawn
three times as wide as it is, for otherwise you would not see it; therefore the houses beside it
have to move. A railway and a river in a narrow valley are pulled apart until both can be read.
Cartographers call this *generalisation*, and it is most of their work. And some maps have had
streets on them that never existed, put there to catch those who copied.

## How to read one

When I look at a map now, I ask three questions:

- What did it have to keep, and what did it pay?
- Where is its middle? Somebody chose that too.
- What is *not* on it that was there?

No map is the truth. A good one lies about the right things, and says so in the margin.`,
  },
];
