import { automatonOf, symbols } from '../match/automaton.ts';

/** How a word was coded: by moving every letter so far along the alphabet, by turning the alphabet round, or by turning the word round. */
export type Coding = number | 'atbash' | 'reversed';

/** Calls `found` with the index of each coded word in the text, and how it was coded. */
export type CodedWordSearch = (text: string, found: (word: number, coding: Coding) => void) => void;

/**
 * Looks for coded words of all these codings in one pass. Moving the alphabet keeps the distances between letters, and turning it
 * round turns those: one automaton over distances serves all alphabets, and is small enough for a processor's cache.
 */
export function codedWordSearch(words: readonly string[]): CodedWordSearch {
  const distances = words.map(distancesOf);
  const backwards = words.map((word) => [...word].toReversed().join(''));
  const sequences = [...distances, ...distances.map(turned), ...backwards.map(distancesOf)];
  const { next, ends } = automatonOf(sequences.map((one) => one.map((step) => step + 1)));
  const lastLetters = [...words, ...words, ...backwards].map((word) => letterOf(word.charCodeAt(word.length - 1)));
  const report = (ended: readonly number[], letter: number, found: Parameters<CodedWordSearch>[1]) => {
    for (const index of ended) {
      const coding = codingOf(Math.floor(index / words.length), letter, lastLetters[index] ?? 0);
      if (coding !== null) found(index % words.length, coding);
    }
  };
  return (text, found) => {
    let [state, before] = [0, noLetter];
    for (let at = 0; at < text.length; at += 1) {
      const letter = letterOf(text.charCodeAt(at));
      const symbol = letter === noLetter || before === noLetter ? 0 : distance(before, letter) + 1;
      const marked = next[state * symbols + symbol] ?? 0;
      state = marked >> 1;
      before = letter;
      if (marked & 1) report(ends[state] ?? [], letter, found);
    }
  };
}

const alphabet = 26;
const noLetter = -1;

/** What the last letter of a word became says how it was coded; a word that is as it was is not. */
function codingOf(way: number, letter: number, plain: number): Coding | null {
  if (way === 0) return letter === plain ? null : distance(plain, letter);
  if (way === 1) return letter + plain === alphabet - 1 ? 'atbash' : null;
  return letter === plain ? 'reversed' : null;
}

function distancesOf(word: string): readonly number[] {
  const letters = Array.from(word, (letter) => letterOf(letter.charCodeAt(0)));
  return letters.slice(1).map((letter, index) => distance(letters[index] ?? 0, letter));
}

function turned(distances: readonly number[]): readonly number[] {
  return distances.map((one) => distance(one, 0));
}

function letterOf(code: number): number {
  const place = (code | 32) - 97;
  return place >= 0 && place < alphabet && code < 128 ? place : noLetter;
}

/** How far it is from one letter to another along the alphabet, which has no end. */
function distance(from: number, to: number): number {
  return to < from ? to - from + alphabet : to - from;
}
