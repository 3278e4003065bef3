import { type ClassBits, join, lexicon, noClass } from './lexicon.ts';
import { curlyApostrophe, wordLookup } from './word-table.ts';

/** A word that the lexicon knows, and where it stands in a text. */
export interface KnownWord {
  readonly bits: ClassBits;
  readonly start: number;
  readonly end: number;
  /** Its number among all words of the text, known or not, and the number of its sentence. */
  readonly place: number;
  readonly sentence: number;
}

/** The classes of all words of a text together: tells what cannot stand there. */
export function classesIn(text: string): ClassBits {
  let all = noClass;
  eachWord(text, (start, end) => {
    const bits = bitsAt(text, start, end);
    if (bits !== undefined) all = join(all, bits);
  });
  return all;
}

/** Those words of a text that the lexicon knows, in order. */
export function knownWordsOf(text: string): readonly KnownWord[] {
  const words: KnownWord[] = [];
  eachWord(text, (start, end, place, sentence) => {
    const bits = bitsAt(text, start, end);
    if (bits !== undefined) words.push({ bits, start, end, place, sentence });
  });
  return words;
}

const lookup = wordLookup(lexicon);
const longest = 16;

/** Longer words than the lexicon has are not looked up; apostrophes at the end are quotes. */
function bitsAt(text: string, start: number, end: number): ClassBits | undefined {
  let last = end;
  while (kindAt(text, last - 1) === apostrophe) last -= 1;
  return last - start > longest ? undefined : lookup(text, start, last);
}

/** One pass over the letters. */
function eachWord(text: string, visit: (start: number, end: number, place: number, sentence: number) => void): void {
  let [place, sentence] = [0, 0];
  for (let at = 0; at < text.length; ) {
    const kind = kindAt(text, at);
    if (kind !== letter) {
      if (kind === stop) sentence += 1;
      at += 1;
      continue;
    }
    const end = endOfWord(text, at);
    visit(at, end, place, sentence);
    place += 1;
    at = end;
  }
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && kindAt(text, end) !== between && kindAt(text, end) !== stop) end += 1;
  return end;
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return kinds[code] ?? between;
  return code === curlyApostrophe ? apostrophe : between;
}

const [between, letter, apostrophe, stop] = [0, 1, 2, 3];

const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[a-z0-9]/i.test(char)) return letter;
  if (char === "'") return apostrophe;
  return '.!?;\n'.includes(char) ? stop : between;
});
