import { describe, expect, test } from 'vitest';
import { cameToEnd, isAtEnd, movedUp } from '../../client/src/rooms/end.ts';

const at = (top: number, height = 2_000, frame = 600) => ({ top, height, frame });

describe('the end of a list that is scrolled', () => {
  test('is where nothing is below, and a little above it', () => {
    expect(isAtEnd(at(0), at(1_400))).toBe(true);
    expect(isAtEnd(at(0), at(1_360))).toBe(true);
    expect(isAtEnd(at(0), at(1_300))).toBe(false);
  });

  test('is left by the smallest step up', () => {
    expect(isAtEnd(at(1_400), at(1_380))).toBe(false);
  });

  test('is not left by a content that shrinks or a frame that grows', () => {
    expect(isAtEnd(at(1_400), at(1_360, 1_960))).toBe(true);
    expect(movedUp(at(1_400), at(1_360, 1_960))).toBe(false);
    expect(movedUp(at(1_400), at(1_360, 2_000, 640))).toBe(false);
  });

  test('was reached by who scrolled there before the content grew', () => {
    expect(cameToEnd(at(300), at(1_400, 2_080))).toBe(true);
    expect(cameToEnd(at(300), at(1_200, 2_080))).toBe(false);
  });

  test('is not reached by who stays where they are while the content shrinks', () => {
    expect(cameToEnd(at(1_300), at(1_300, 1_900))).toBe(false);
    expect(cameToEnd(at(1_400), at(1_300, 1_900))).toBe(false);
  });
});
