import type { Detector } from '../detector.ts';

/** Spec/attacks.md 7.3, at the end. */
const telling =
  /\b(?:system prompt|you are now|act as|new role|jailbr\w{0,8}|do anything now|no restrictions|without (?:limits|filters|restrictions)|(?:admin|developer|debug) mode|ignore (?:all|the|previous|your|any|every)|disregard|bypass)\b/i;
const orders = /\b(?:ignore|override|instructions?|forget|prompt|pretend|jailbreak|guidelines?|restrictions?)\b/gi;
const topics =
  /\b(?:reveal|password|secret|previous|rules|bomb|weapon|hack|malware|explosives?|kill|drugs?|steal|poison|exploit|virus|phishing|forge|counterfeit|unlock|filters?)\b/gi;

const mostWords = 20;

/** Words of command in a text that somebody took the trouble to encode. */
export const hiddenOrders: Detector = {
  name: 'hidden-orders',
  side: 'both',
  on: 'decoded',
  scan(text) {
    const strong = telling.exec(text);
    const weak = [...text.matchAll(orders), ...text.matchAll(topics)].slice(0, mostWords);
    const first = strong ?? weak[0];
    if (first === undefined) return [];
    const words = new Set(weak.map(([word]) => word.toLowerCase()));
    const isOrder = weak.some(([word]) => word.search(orders) !== -1);
    const confidence = strong !== null || words.size >= 2 ? 0.85 : isOrder ? 0.6 : 0.4;
    const span = { start: first.index, end: first.index + first[0].length };
    return [
      {
        rule: 'hidden-orders',
        type: 'encoding_attack',
        severity: 'High',
        confidence,
        description: 'An encoded text holds words of command',
        ...span,
      },
    ];
  },
};
