import type { Detector, Hit } from '../detector.ts';
import { wordSearch } from '../match/word-search.ts';

/** Key orders without anything between the letters, as one reads them in a compacted text (spec/attacks.md 7.2). */
const orders: readonly { readonly inner: Hit['type']; readonly pattern: RegExp }[] = [
  {
    inner: 'prompt_injection',
    pattern:
      /(?:ignore|disregard|forget|override|bypass|neglect)(?:all|any|every|everything)?(?:of)?(?:the|your|my|these|those)?(?:previous|prior|above|earlier|preceding|system|original|initial|safety)(?:system|set)?(?:instruction|prompt|rule|guideline|directive|command|order|message|text|context|polic)/g,
  },
  {
    inner: 'prompt_injection',
    pattern:
      /(?:ignore|disregard|forget|override)(?:all|any)(?:of)?(?:the|your|my)?(?:instruction|prompt|rule|guideline|directive)s/g,
  },
  {
    inner: 'prompt_extraction',
    pattern:
      /(?:reveal|show|print|repeat|output|display|giveme|tellme|leak|whatis)(?:me|us)?(?:the|your)?(?:full|exact|entire|hidden|secret|initial|original)?(?:systemprompt|systeminstruction|systemmessage|hiddenprompt|initialprompt|secretinstruction|hiddeninstruction|yourinstruction|yourprompt)/g,
  },
  {
    inner: 'jailbreak',
    pattern:
      /(?:doanythingnow|enabledevelopermode|developermodeenabled|nowjailbroken|godmodeenabled|withoutanyrestrictions|unrestrictedai|bypassyourfilters|disableyoursafety)/g,
  },
];

/** Without one of these, read over what stands between letters, none of the orders matches. */
const verbs = 'ignore disregard forget override bypass neglect'.split(' ');
const secrets =
  'systemprompt systeminstruction systemmessage hiddenprompt initialprompt secretinstruction hiddeninstruction yourinstruction yourprompt'.split(
    ' ',
  );
const modes =
  'doanythingnow enabledevelopermode developermodeenabled nowjailbroken godmodeenabled withoutanyrestrictions unrestrictedai bypassyourfilters disableyoursafety'.split(
    ' ',
  );
const search = wordSearch([...verbs, ...secrets, ...modes], { marks: false });

/** Orders whose words are torn apart or run together: `i g n o r e`, `ig-nore`, `ignoreall`. */
export const obfuscated: Detector = {
  name: 'obfuscated',
  side: 'request',
  on: 'plain',
  scan(text) {
    if (!mayHoldOrder(text)) return [];
    const letters = text.replace(/[^A-Za-z0-9]+/g, '').toLowerCase();
    return orders.flatMap(({ inner, pattern }) => {
      const match = [...letters.matchAll(pattern)].slice(0, mostMatches).find(({ 0: words, index }) => {
        const torn = spanOf(text, index, words.length);
        return !isPlain(text.slice(torn.start, torn.end));
      });
      return match === undefined ? [] : [hitOf(inner, spanOf(text, match.index, match[0].length))];
    });
  },
};

function mayHoldOrder(text: string): boolean {
  let found = false;
  search(text, () => {
    found = true;
  });
  return found;
}

const mostMatches = 16;

function hitOf(inner: Hit['type'], span: { readonly start: number; readonly end: number }): Hit {
  return {
    rule: `obfuscated-${inner.replaceAll('_', '-')}`,
    type: 'encoding_attack',
    severity: 'High',
    confidence: 0.85,
    description: 'Tears the words of an order apart, or runs them together',
    metadata: { encoding: 'spacing', inner_type: inner },
    ...span,
  };
}

/** Words as anybody writes them: apart, and each in one piece. Short words alone do not make letters stand apart. */
function isPlain(text: string): boolean {
  const words = text.split(/[^A-Za-z0-9]+/);
  const average = words.join('').length / words.length;
  return average >= 3.2 && average <= 9.5 && words.every((word) => word.length <= 14) && !words.some(isFragment);
}

/** Three letters that are no word of their own here, such as `ign` and `ore`. */
function isFragment(word: string): boolean {
  return word.length <= 5 && !knownShort.test(word);
}

const knownShort =
  /^(?:|a|all|any|of|the|your|my|these|those|every|set|prior|above|rules?|order|me|us|show|print|leak|give|tell|what|is|full|exact|text|do|now|mode|god|ai|by|pass|order)$/i;

/** From places among the letters to places in the text. */
function spanOf(text: string, from: number, length: number): { readonly start: number; readonly end: number } {
  let seen = 0;
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    if (!/[A-Za-z0-9]/.test(text.charAt(at))) continue;
    if (seen === from) start = at;
    seen += 1;
    if (seen === from + length) return { start, end: at + 1 };
  }
  return { start: Math.max(0, start), end: text.length };
}
