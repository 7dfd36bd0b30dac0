import type { WorldResponse } from '../types.ts';

export const screenAndSkyResponses: Readonly<Record<string, readonly WorldResponse[]>> = {
  'jupiter-moons': [
    {
      by: 'greta',
      body: 'Done, on the fence post behind the greenhouse, with a bag of oats for want of rice. Three moons! I called the whole family out of bed.',
      reactions: { '🔭': ['idris', 'pavel'], '❤️': ['idris'] },
      replies: [
        {
          by: 'idris',
          body: 'Oats are within tolerance. Which three? Draw them before you look it up.',
          replies: [
            {
              by: 'greta',
              body: 'Two close together on the left, one far to the right.',
              replies: [
                {
                  by: 'idris',
                  body: 'Then the far one is very likely Callisto, and Io was in front of the planet. Look again tonight: if it is Callisto, it will have hardly moved.',
                },
                {
                  by: 'greta',
                  body: 'It had hardly moved. I feel like 1610.',
                  reactions: { '🎉': ['idris', 'pavel', 'nora'] },
                },
              ],
            },
          ],
        },
      ],
    },
    {
      by: 'pavel',
      body: 'Galileo proposed to use these moons as a clock to find the longitude. On land it was really done, and the map of France shrank: the king is said to have complained that he lost more land to his astronomers than to his enemies.',
      reactions: { '😄': ['idris', 'tomas'] },
      replies: [
        {
          by: 'idris',
          body: "Cassini's tables! There ought to be an article about this, and I know who should write it.",
        },
      ],
    },
  ],
  'twelve-notes': [
    {
      by: 'leila',
      body: 'The loop that misses its beginning by a little each time is every scheduler I have ever debugged. We hide the comma in February.',
      reactions: { '😄': ['yuki', 'wei', 'pavel'] },
      replies: [
        {
          by: 'yuki',
          body: 'A leap year is a beautiful comparison: 365 days and "almost" a quarter. May I use it in my workshop?',
          replies: [{ by: 'leila', body: 'If you sing it.' }],
        },
      ],
    },
    {
      by: 'idris',
      body: 'I tried the sliding with my sister. At 5:4 the room *did* ring. Why does it feel like something being switched off rather than on?',
      replies: [
        {
          by: 'yuki',
          body: 'Because it is. Near the pure ratio the overtones of your two voices are almost equal and beat against each other, faster and faster apart, slower and slower as you get closer. When they meet, the beating stops. You hear the silence of it.',
          reactions: { '💡': ['idris', 'amara', 'pavel'] },
          replies: [
            {
              by: 'idris',
              body: 'This is just what happens with two nearly equal frequencies in a radio. I should have known, and I am glad that I had to sing to find out.',
            },
          ],
        },
      ],
    },
  ],
  'maps-lie': [
    {
      by: 'wei',
      body: 'What about the globe in my study? It keeps all four.',
      replies: [
        {
          by: 'pavel',
          body: 'It does, and it lies by being forty million times too small: you cannot see your street, and never more than half of the world at once. Everything has its price.',
          replies: [
            { by: 'wei', body: 'I withdraw the globe.', reactions: { '😄': ['pavel', 'tomas'] } },
          ],
        },
      ],
    },
    {
      by: 'tomas',
      body: 'Generalisation is what we do to letters for small sizes, too: the thin strokes are drawn thicker than they "are", the openings wider. True to the impression and false to the measure.',
      reactions: { '👏': ['pavel', 'yuki'] },
    },
  ],
};
