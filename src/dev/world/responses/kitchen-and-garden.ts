import type { WorldResponse } from '../types.ts';

export const kitchenAndGardenResponses: Readonly<Record<string, readonly WorldResponse[]>> = {
  compost: [
    {
      by: 'amara',
      body: 'From the kitchen: may I put in citrus peel and onions? Everybody tells me something else.',
      replies: [
        {
          by: 'greta',
          body: 'You may. Worms dislike them fresh, so they keep away until the first heat has passed, and then nothing is left to dislike. Only in a little worm box on a balcony they are a bad idea.',
          reactions: { '👍': ['amara', 'nora'] },
          replies: [
            {
              by: 'amara',
              body: 'And coffee? The restaurant gives me eight kilos a week.',
              replies: [
                {
                  by: 'greta',
                  body: 'Green as grass, whatever the colour. Eight kilos want twenty of leaves; make friends with a street that has trees.',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      by: 'idris',
      body: 'I measured mine after reading this: 58 °C inside with snow on the lid. It showed as a bright spot in a thermal camera that we use for the telescope dome. My neighbours think I keep an animal.',
      reactions: { '😄': ['greta', 'nora', 'pavel'] },
    },
  ],
  browning: [
    {
      by: 'wei',
      body: 'Sunday experiment done: four slices, children as judges. Milk won, soda came last ("it tastes like a pretzel that fell into a swimming pool"). Perhaps I took too much?',
      replies: [
        {
          by: 'amara',
          body: 'If you can taste it as *soap*, it was too much: a pinch in half a glass of water is plenty. The judges were right.',
          replies: [
            {
              by: 'wei',
              body: 'A pinch, then. We had a teaspoon. The second hearing is next Sunday.',
              reactions: { '🍞': ['amara', 'yuki'] },
            },
          ],
        },
      ],
    },
    {
      by: 'greta',
      body: 'Does this happen in a heap of compost as well? The inside gets dark brown and smells sweet at some point.',
      replies: [
        {
          by: 'amara',
          body: 'What a good question! Hardly: sixty degrees is far too cool for it to run in days. The brown there is mostly humus, made by living things. But sugar and amino acids do meet even at room temperature, only it takes them years. That is how old Parmesan and very old white wine get their colour.',
          reactions: { '💡': ['greta', 'wei', 'idris'] },
        },
      ],
    },
  ],
  'line-length': [
    {
      by: 'mira',
      body: 'I changed my own site to 66 characters while reading, and it looked *worse*: everything huddled in the middle. It took me an hour to see that the letters were too small all the time.',
      reactions: { '👏': ['tomas'] },
      replies: [
        {
          by: 'tomas',
          body: 'This is exactly the path everybody walks. The width shows you the truth about the size, and then you have to decide which of the two you were ashamed of.',
          replies: [
            {
              by: 'mira',
              body: 'The size. It is 19 pixels now, and nobody has complained. Two people asked whether I write better than before.',
            },
          ],
        },
      ],
    },
    {
      by: 'yuki',
      body: 'In vertical Japanese we have about forty characters to a line, which is in the same range if you count what the eye takes in at a jump. It seems that the paper does not matter, only the eye.',
      reactions: { '💡': ['tomas', 'pavel', 'mira'] },
      replies: [
        {
          by: 'tomas',
          body: 'I did not know this, and I am very glad that I do. Have you a good example to look at?',
          replies: [
            {
              by: 'yuki',
              body: 'Any Iwanami paperback: 38 to 43 characters, and a leading that you could drive through. I will bring one when we meet.',
            },
          ],
        },
      ],
    },
  ],
};
