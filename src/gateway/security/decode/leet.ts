import type { Decoded, Decoder } from './decoder.ts';

const digits: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '+': 't',
  '€': 'e',
  '£': 'l',
  '(': 'c',
  '¡': 'i',
  '2': 'z',
  '#': 'h',
};
const coded = /[0-9@$!|+€£(¡#]/g;
const word = /[A-Za-z]{0,12}[0-9@$!|+€£(¡#]{1,3}[A-Za-z][\w@$!|+€£(¡#]{0,16}|[A-Za-z]{2,12}[0-9@$!|+€£(¡#]{1,3}\b/g;

/** Digits and signs for letters, where two words at least are written so. `1` is both i and l. */
export const leet: Decoder = {
  name: 'leetspeak',
  isWorthwhile: ({ digits, signs, amongLetters }) => digits + signs >= 2 && amongLetters >= 2,
  decode(text) {
    const words = [...text.matchAll(word)];
    const first = words[0];
    const last = words.at(-1);
    if (first === undefined || last === undefined || words.length < 2) return [];
    const span = { start: first.index, end: last.index + last[0].length };
    const undo = (one: string): Decoded => ({
      text: text.replace(/\S{1,40}/g, (token) => (/[A-Za-z]/.test(token) ? readToken(token, one) : token)),
      ...span,
    });
    return [undo('i'), undo('l')];
  },
};

/** Marks at the end of a word are marks. */
function readToken(token: string, one: string): string {
  const end = /[!)(.,;:?"'+|]*$/.exec(token)?.[0] ?? '';
  const body = token.slice(0, token.length - end.length);
  return (
    body.replace(coded, (sign) => (sign === '1' || sign === '|' || sign === '!' ? one : (digits[sign] ?? sign))) + end
  );
}
