import type { Surface } from './contract.ts';

/**
 * Texts of late in which nothing was found. A client sends the whole conversation, and its system prompt, again with every
 * turn: what was read once need not be read again.
 */
export interface HarmlessTexts {
  has(surface: Surface): boolean;
  add(surface: Surface): void;
}

/** Longer texts are not kept. */
const longest = 65_536;

/** Keeps at most so many characters; what was not seen for longest goes first. One for each way texts are looked at. */
export function createHarmlessTexts(mostCharacters = 2 ** 21): HarmlessTexts {
  const texts = new Set<string>();
  let characters = 0;
  return {
    has({ kind, text }) {
      if (text.length > longest) return false;
      const key = keyOf(kind, text);
      const isKnown = texts.delete(key);
      if (isKnown) texts.add(key);
      return isKnown;
    },
    add({ kind, text }) {
      const key = keyOf(kind, text);
      if (text.length > longest || texts.has(key)) return;
      texts.add(key);
      characters += key.length;
      for (const oldest of texts) {
        if (characters <= mostCharacters) break;
        texts.delete(oldest);
        characters -= oldest.length;
      }
    },
  };
}

function keyOf(kind: Surface['kind'], text: string): string {
  return `${kind}\n${text}`;
}
