import { isAscii } from '../text/ascii.ts';
import { wordSearch } from './word-search.ts';

/** Words of which at least one occurs in a text. */
export type WordList = readonly string[];

/** Each of these lists has a word in every text that something matches. Empty = any text will do. */
export type Needs = readonly WordList[];

/** Tells which needs a text fulfils, however many there are. Ignores case; needs are known by identity. */
export type NeedsFinder = (text: string) => ReadonlySet<Needs>;

export function createNeedsFinder(all: readonly Needs[]): NeedsFinder {
  const needs = [...new Set(all)].map((need) => ({ need, lists: [...new Set(need)] }));
  const lists = [...new Set(needs.flatMap((one) => one.lists))];
  const free = needs.filter((one) => one.lists.length === 0).map((one) => one.need);
  const ledBy = leadsOf(needs, lists);
  const search = listSearch(lists);
  return (text) => {
    const met = new Set(free);
    const { found, isFound } = search(text);
    for (const list of found) {
      for (const { need, others } of ledBy[list] ?? []) if (others.every(isFound)) met.add(need);
    }
    return met;
  };
}

/** Needs by the one of their lists that texts hold least often: most texts fulfil most needs in part. */
function leadsOf(
  needs: readonly { readonly need: Needs; readonly lists: readonly WordList[] }[],
  lists: readonly WordList[],
): readonly (readonly { readonly need: Needs; readonly others: readonly number[] }[])[] {
  const indexes = new Map(lists.map((list, index) => [list, index]));
  const chances = lists.map(chanceOf);
  const ledBy = lists.map((): { need: Needs; others: readonly number[] }[] => []);
  for (const { need, lists: own } of needs) {
    const rarest = own.map((list) => indexes.get(list) ?? 0).toSorted((a, b) => (chances[a] ?? 0) - (chances[b] ?? 0));
    const [lead, ...others] = rarest;
    if (lead !== undefined) ledBy[lead]?.push({ need, others });
  }
  return ledBy;
}

/** How likely a word of the list stands in a text: the shorter a word, the likelier. */
function chanceOf(list: WordList): number {
  return list.reduce((sum, word) => sum + 0.4 ** Math.min(word.length, telling), 0);
}

/** So many letters of a word tell enough: with whole words the automaton is too big for a processor's cache. */
const telling = 6;

/** Valid until the next search. */
interface FoundLists {
  readonly found: readonly number[];
  readonly isFound: (list: number) => boolean;
}

/** ASCII words go into the automaton; others are few, and are looked for one by one in texts that are not ASCII. */
function listSearch(lists: readonly WordList[]): (text: string) => FoundLists {
  const listsOf = new Map<string, number[]>();
  for (const [index, list] of lists.entries()) {
    for (const word of new Set(list.map((one) => one.slice(0, telling).toLowerCase())))
      listsOf.set(word, [...(listsOf.get(word) ?? []), index]);
  }
  const ascii = [...listsOf].filter(([word]) => isAscii(word));
  const other = [...listsOf].filter(([word]) => !isAscii(word));
  const search = wordSearch(ascii.map(([word]) => word));
  const listsAt = ascii.map(([, of]) => of);
  // The number of the search that saw a list last: cheaper than an array of marks for each text.
  const seenBy = new Uint32Array(lists.length);
  let round = 0;
  const isFound = (list: number) => seenBy[list] === round;
  return (text) => {
    const found: number[] = [];
    const mark = (marked: readonly number[]) => {
      for (const list of marked) {
        if (seenBy[list] === round) continue;
        seenBy[list] = round;
        found.push(list);
      }
    };
    round += 1;
    search(text, (word) => mark(listsAt[word] ?? []));
    if (isAscii(text)) return { found, isFound };
    const lower = text.toLowerCase();
    for (const [word, of] of other) if (lower.includes(word)) mark(of);
    return { found, isFound };
  };
}
