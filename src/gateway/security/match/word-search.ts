import { automatonOf, symbols } from './automaton.ts';

/** Calls `found` with the index of each word that occurs in the text, as often as it does. */
export type WordSearch = (text: string, found: (word: number) => void) => void;

/**
 * Looks for any number of ASCII words in one pass. Ignores case. Without `marks` it reads over all but letters and digits as if
 * they were not there. Of words with more than 31 different characters together, the rarer characters are not told apart.
 */
export function wordSearch(
  words: readonly string[],
  { marks }: { readonly marks: boolean } = { marks: true },
): WordSearch {
  const classes = classesOf(words);
  const sequences = words.map((word) => Array.from(word, (letter) => classes[letter.charCodeAt(0)] ?? 0));
  const { next, ends } = automatonOf(sequences);
  const passed = marks ? -1 : 0;
  return (text, found) => {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if ((isWordCode[code] ?? 0) === passed) continue;
      const marked = next[state * symbols + (classes[code] ?? 0)] ?? 0;
      state = marked >> 1;
      if (marked & 1) tell(ends[state] ?? [], found);
    }
  };
}

function tell(words: readonly number[], found: (word: number) => void): void {
  for (const word of words) found(word);
}

const isWordCode = Uint8Array.from({ length: 128 }, (_, code) => Number(/[A-Za-z0-9]/.test(String.fromCharCode(code))));

/** Letters of both cases share a class, and so do all but the most frequent 30 characters; whatever no word has is class 0. */
function classesOf(words: readonly string[]): Uint8Array {
  const uses = new Map<string, number>();
  for (const letter of words.join('').toLowerCase()) uses.set(letter, (uses.get(letter) ?? 0) + 1);
  const letters = [...uses].toSorted(([, a], [, b]) => b - a).map(([letter]) => letter);
  const classes = new Uint8Array(128);
  for (const [index, letter] of letters.entries()) {
    const one = Math.min(index + 1, symbols - 1);
    classes[letter.charCodeAt(0)] = one;
    classes[letter.toUpperCase().charCodeAt(0)] = one;
  }
  return classes;
}
