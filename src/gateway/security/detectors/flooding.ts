import type { Severity } from '../contract.ts';
import type { Detector, Hit } from '../detector.ts';

/** Texts that are long or repeat themselves beyond reason (spec/attacks.md 7.3); auxiliary. */
export const flooding: Detector = {
  name: 'flooding',
  side: 'request',
  on: 'plain',
  scan(text, { length }) {
    if (text.length < 60) return [];
    const long = length >= 100_000 ? [flood('length', 'High', 0.8, 'The text is extremely long')] : [];
    return [
      ...long,
      ...(text.length >= 5000 ? lowEntropy(text) : []),
      ...repeatedLine(text),
      ...repeatedWord(text),
      ...blank(text),
    ];
  },
};

function flood(detection: string, severity: Severity, confidence: number, description: string): Hit {
  const metadata = { detection };
  return {
    rule: `flooding-${detection}`,
    type: 'context_flooding',
    severity,
    confidence,
    description,
    metadata,
    start: 0,
    end: 0,
  };
}

function lowEntropy(text: string): readonly Hit[] {
  // Characters that share a remainder count as one: rare enough not to matter here.
  const counts = new Uint32Array(256);
  for (let at = 0; at < text.length; at += 1) {
    const slot = text.charCodeAt(at) & 255;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  const shares = [...counts].filter((count) => count > 0).map((count) => count / text.length);
  const bits = shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
  return bits < 2 ? [flood('entropy', 'Medium', 0.8, 'The text hardly varies')] : [];
}

function repeatedLine(text: string): readonly Hit[] {
  const most = mostFrequent(text.split('\n').filter((line) => line.trim().length > 2));
  return most.count > 20 ? [flood('repeated_line', 'Medium', 0.7, 'One line is repeated many times')] : [];
}

function blank(text: string): readonly Hit[] {
  if (text.length < 1000) return [];
  const blanks = text.length - text.replace(/\s+/g, '').length;
  return blanks > text.length * 0.3 ? [flood('whitespace', 'Medium', 0.6, 'The text is mostly blank')] : [];
}

/** A word that makes up a fifth of a text is not prose; the first in order of the alphabet, so that reports do not vary. */
function repeatedWord(text: string): readonly Hit[] {
  if (text.length < 100 || !mayRepeatWord(text)) return [];
  const words = text.toLowerCase().match(/[a-z]{3,24}/g) ?? [];
  const { word, count } = mostFrequent(words);
  if (count < 10 || count < words.length / 5 || common.has(word)) return [];
  const start = Math.max(0, text.toLowerCase().indexOf(word));
  return [
    {
      rule: 'repeated-word',
      type: 'is_repeated_token',
      severity: 'Medium',
      confidence: 0.7,
      description: 'One word is repeated over and over',
      start,
      end: start + word.length,
      metadata: { count: String(count) },
    },
  ];
}

/** Cheap, and true wherever a word of three letters or more stands ten times: words are counted by their second and third letter. */
const mayRepeatWord = createRepeatCheck();

/** Made once: an array for each text would cost more than the text. */
function createRepeatCheck(): (text: string) => boolean {
  const counts = new Uint16Array(1024);
  return (text) => {
    counts.fill(0);
    let length = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at) | 32;
      length = code >= 97 && code <= 122 ? length + 1 : 0;
      if (length !== 3) continue;
      const slot = ((code & 31) * 32 + (text.charCodeAt(at - 1) & 31)) & 1023;
      counts[slot] = (counts[slot] ?? 0) + 1;
      if (counts[slot] === 10) return true;
    }
    return false;
  };
}

const common = new Set(['the', 'and', 'that', 'for', 'you', 'with', 'this', 'are', 'was', 'not', 'but', 'his', 'her']);

function mostFrequent(words: readonly string[]): { readonly word: string; readonly count: number } {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  let best = { word: '', count: 0 };
  for (const [word, count] of counts) {
    if (count > best.count || (count === best.count && word < best.word)) best = { word, count };
  }
  return best;
}
