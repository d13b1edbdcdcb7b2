/** How many letters two words may differ by and still be taken for one another; of a short word every letter counts more. */
function tolerance(word: string): number {
  return Math.min(2, Math.floor(word.length / 4));
}

/** Whether one word is the other with a slip of the fingers, or in another case or with other separators. Not the same word. */
export function isAlmost(word: string, meant: string): boolean {
  return word !== meant && distance(plain(word), plain(meant)) <= tolerance(meant);
}

/** What was most likely meant by a word that is none of these: the one that it is almost, where it is a part of no other. */
export function findMeant(word: string, known: readonly string[]): string | undefined {
  const near = known.filter((meant) => isAlmost(word, meant) || plain(meant).includes(plain(word)));
  return near.length === 1 && isAlmost(word, near[0]) ? near[0] : undefined;
}

/** How a sentence ends that refuses a name: with what was meant, or else with what there is. */
export function spellingRepair(word: string, known: readonly string[]): string {
  const meant = findMeant(word, known);
  return meant === undefined ? "correct its spelling or remove it" : `write ${meant}, or remove it`;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_. ]/g, "");
}

/** The fewest insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
export function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const swapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      rows[row][column] = Math.min(
        rows[row - 1][column] + 1,
        rows[row][column - 1] + 1,
        rows[row - 1][column - 1] + (same ? 0 : 1),
        swapped ? rows[row - 2][column - 2] + 1 : Infinity,
      );
    }
  }
  return rows[one.length][other.length];
}
