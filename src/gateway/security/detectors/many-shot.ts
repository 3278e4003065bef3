import type { Detector } from '../detector.ts';

const asked = /^[ \t>*]{0,4}(?:user|human|q|question|me|person|customer)[ \t]?\d{0,3}[ \t]?[:：]/gim;
const answered = /^[ \t>*]{0,4}(?:assistant|ai|a|answer|bot|chatgpt|model|claude|gpt)[ \t]?\d{0,3}[ \t]?[:：]/gim;
/** Examples that give in, or the wish that they would. */
const yielding =
  /\b(?:sure|of course|certainly|absolutely|here(?:'s| is| are)|step 1|first,? (?:you|get|obtain|mix))\b/gi;
const dark =
  /\b(?:bomb|explosive|weapon|poison|hack(?:ing)?|malware|ransomware|phishing|meth|cocaine|drugs?|steal|forge|counterfeit|murder|kill|pick a lock|hotwire|launder|blackmail|stalk|virus|detonat\w{0,5}|smuggl\w{0,5})\b/gi;

/** A long run of invented turns in which the model gives in (spec/attacks.md 7.3). Harmless examples do not count. */
export const manyShot: Detector = {
  name: 'many-shot',
  side: 'request',
  on: 'plain',
  scan(text, { kind }) {
    if ((kind !== 'user' && kind !== 'tool_result') || !/\n[^\n]{0,20}[:：]/.test(text)) return [];
    const pairs = Math.min(count(text, asked), count(text, answered));
    if (pairs < 3) return [];
    const isDark = count(text, dark) >= 3 && count(text, yielding) >= 2;
    if (!isDark) return [];
    return [
      {
        rule: 'many-shot',
        type: 'is_shot_attack',
        severity: 'High',
        confidence: 0.8,
        description: 'Holds many invented turns in which the model gives in',
        start: 0,
        end: Math.min(text.length, 120),
        metadata: { pairs: String(pairs) },
      },
    ];
  },
};

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
