// Sets of characters as sorted ranges of code points, with the classes that Python's `re` knows.

/** Sorted ranges of code points that neither meet nor touch. */
export type CharacterSet = readonly (readonly [first: number, last: number])[];

/** Stands for the end of the text, as if it were a character after the last one. */
export const endOfText = 0x110000;

const lastCharacter = 0x10ffff;

export const everyCharacter: CharacterSet = [[0, lastCharacter]];
export const lineBreak: CharacterSet = [[10, 10]];

// Beyond ASCII by the blocks that matter: enough to tell whether two classes meet.
export const digits: CharacterSet = [
  [48, 57],
  [0x660, 0x669],
];
export const blanks: CharacterSet = [
  [9, 13],
  [28, 32],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x2000, 0x200a],
];
export const wordCharacters: CharacterSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
  [0xc0, 0x24f],
  [0x370, 0x669],
];

/** What is in one of the sets at least. */
export function unionOf(...sets: readonly CharacterSet[]): CharacterSet {
  const ranges = sets.flat().toSorted(([left], [right]) => left - right);
  const joined: [number, number][] = [];
  for (const [first, last] of ranges) {
    const previous = joined.at(-1);
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** Every character that is not in the set. */
export function complementOf(set: CharacterSet): CharacterSet {
  const left: [number, number][] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) left.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCharacter) left.push([next, lastCharacter]);
  return left;
}

/** The set with the other case of its ASCII letters. */
export function withBothCases(set: CharacterSet): CharacterSet {
  const moved = (from: number, to: number, by: number): CharacterSet =>
    set.flatMap(([first, last]) => {
      const start = Math.max(first, from);
      const end = Math.min(last, to);
      return start <= end ? [[start + by, end + by] as const] : [];
    });
  return unionOf(set, moved(65, 90, 32), moved(97, 122, -32));
}
