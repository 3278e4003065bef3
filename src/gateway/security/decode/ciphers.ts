import { wordSearch } from '../match/word-search.ts';
import { type Coding, codedWordSearch } from './coded-words.ts';
import type { Decoded, Decoder } from './decoder.ts';

/** Words that show, two of them, which way a text was written: what orders are made of, and what any English text is made of. */
const words =
  'ignore disregard forget previous instruction system prompt reveal override everything restrictions guidelines password bypass pretend unrestricted confidential secret hidden repeat above rules your print output command follow jailbreak developer that with this have from they will what about which their would there other please answer write these could where were instead into only them then when been'.split(
    ' ',
  );

interface Cipher {
  readonly name: string;
  readonly coding: Coding | 'rot47';
  readonly decode: (text: string) => string;
}

const ciphers: readonly Cipher[] = [
  ...Array.from({ length: 25 }, (_, index) => caesar(index + 1)),
  { name: 'atbash', coding: 'atbash', decode: atbash },
  { name: 'reversed', coding: 'reversed', decode: reverse },
  { name: 'reversed_words', coding: 'reversed', decode: (text) => text.replace(/[^\s]+/g, reverse) },
  { name: 'rot47', coding: 'rot47', decode: rot47 },
];

/** Ciphers that a text is written in as a whole. Only those of which two words are seen are undone. */
export function createCipherDecoder(): Decoder {
  const search = codedWordSearch(words);
  const searchRot47 = wordSearch(words.map(rot47));
  return {
    name: 'cipher',
    isWorthwhile: () => true,
    decode(text) {
      const seen = new Map<Cipher['coding'], Set<number>>();
      const note = (word: number, coding: Cipher['coding']) => {
        const known = seen.get(coding);
        if (known === undefined) seen.set(coding, new Set([word]));
        else known.add(word);
      };
      search(text, note);
      if (mayBeRot47.test(text)) searchRot47(text, (word) => note(word, 'rot47'));
      return ciphers.flatMap(({ name, coding, decode }): readonly Decoded[] => {
        return (seen.get(coding)?.size ?? 0) < 2 ? [] : [{ text: decode(text), start: 0, end: text.length, name }];
      });
    },
  };
}

/** What it makes of four small letters. */
const mayBeRot47 = /[2-9:-@A-K]{4}/;

function caesar(shift: number): Cipher {
  return {
    name: shift === 13 ? 'rot13' : `caesar_${shift}`,
    coding: shift,
    decode: (text) => rotate(text, 26 - shift),
  };
}

function rotate(text: string, shift: number): string {
  return mapLetters(text, (place) => (place + shift) % 26);
}

function atbash(text: string): string {
  return mapLetters(text, (place) => 25 - place);
}

function mapLetters(text: string, to: (place: number) => number): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0);
    const first = code >= 97 ? 97 : 65;
    return String.fromCharCode(first + to(code - first));
  });
}

function reverse(text: string): string {
  return [...text].toReversed().join('');
}

function rot47(text: string): string {
  return text.replace(/[!-~]/g, (letter) => String.fromCharCode(33 + ((letter.charCodeAt(0) - 33 + 47) % 94)));
}
