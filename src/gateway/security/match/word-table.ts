/** Looks up the word between two places of a text, without cutting it out: that would cost more than the lookup. */
export type WordLookup<Value> = (text: string, start: number, end: number) => Value | undefined;

/** Values by lower-case word. Ignores case; a curly apostrophe is an apostrophe. */
export function wordLookup<Value>(values: ReadonlyMap<string, Value>): WordLookup<Value> {
  const words = [...values.keys()];
  const slots = slotsOf(words);
  const found = words.map((word) => values.get(word));
  return (text, start, end) => {
    let slot = hashOf(text, start, end) & (slots.length - 1);
    for (let index = slots[slot] ?? none; index !== none; index = slots[slot] ?? none) {
      if (isSame(words[index] ?? '', text, start, end)) return found[index];
      slot = (slot + 1) & (slots.length - 1);
    }
    return undefined;
  };
}

const none = -1;

/** The index of a word in the slot of its hash, or in the next that was free. */
function slotsOf(words: readonly string[]): Int16Array {
  const slots = new Int16Array(2 ** Math.ceil(Math.log2(words.length * 4 + 1))).fill(none);
  for (const [index, word] of words.entries()) {
    let slot = hashOf(word, 0, word.length) & (slots.length - 1);
    while (slots[slot] !== none) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = index;
  }
  return slots;
}

function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + folded(text.charCodeAt(at))) | 0;
  return hash ^ (hash >>> 15);
}

function isSame(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at += 1) if (folded(text.charCodeAt(at)) !== word.charCodeAt(at - start)) return false;
  return true;
}

const apostrophe = 39;
export const curlyApostrophe = 0x2019;

function folded(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return code === curlyApostrophe ? apostrophe : code;
}
