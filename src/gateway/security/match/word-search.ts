import { automatonOf } from './automaton.ts';

/** Calls `found` with the index of each word that occurs in the text, as often as it does. */
export type WordSearch = (text: string, found: (word: number) => void) => void;

/**
 * Looks for any number of ASCII words in one pass. Ignores case. Without `marks` it reads over all but letters and digits as if
 * they were not there.
 */
export function wordSearch(
  words: readonly string[],
  { marks }: { readonly marks: boolean } = { marks: true },
): WordSearch {
  const { classes, width } = classesOf(words);
  const sequences = words.map((word) => Array.from(word, (letter) => classes[letter.charCodeAt(0)] ?? 0));
  const { next, ends } = automatonOf(sequences, width);
  const passed = marks ? -1 : 0;
  return (text, found) => {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if ((isWordCode[code] ?? 0) === passed) continue;
      state = next[state * width + (classes[code] ?? 0)] ?? 0;
      const ended = ends[state];
      if (ended) for (const word of ended) found(word);
    }
  };
}

const isWordCode = Uint8Array.from({ length: 128 }, (_, code) => Number(/[A-Za-z0-9]/.test(String.fromCharCode(code))));

/** Letters of both cases share a class; whatever no word has is class 0. */
function classesOf(words: readonly string[]): { readonly classes: Uint8Array; readonly width: number } {
  const classes = new Uint8Array(128);
  const letters = [...new Set(words.join('').toLowerCase())];
  for (const [index, letter] of letters.entries()) {
    classes[letter.charCodeAt(0)] = index + 1;
    classes[letter.toUpperCase().charCodeAt(0)] = index + 1;
  }
  return { classes, width: letters.length + 1 };
}
