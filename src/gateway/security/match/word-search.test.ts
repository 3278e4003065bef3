import { describe, expect, it } from '@jest/globals';
import { wordSearch } from './word-search.ts';

const words = ['he', 'she', 'hers', 'his', 'ignore', 'no', 'ore'];

function foundIn(text: string, options?: { readonly marks: boolean }): readonly string[] {
  const found = new Set<string>();
  wordSearch(words, options)(text, (index) => void found.add(words[index] ?? ''));
  return [...found].toSorted();
}

describe('word search', () => {
  it.each([
    'ushers',
    'this',
    'hhishe',
    'IGNORE it',
    'ign ore',
    'i.g-n_o r\u200be',
    'nothing here',
    'é hé s—he',
    '',
  ])('finds in %j what looking for each word finds', (text) => {
    const lower = text.toLowerCase();
    expect(foundIn(text)).toEqual(words.filter((word) => lower.includes(word)).toSorted());
    const letters = lower.replace(/[^a-z0-9]/g, '');
    expect(foundIn(text, { marks: false })).toEqual(words.filter((word) => letters.includes(word)).toSorted());
  });
});
