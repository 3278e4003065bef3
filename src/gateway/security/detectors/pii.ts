import type { Detector, Hit } from '../detector.ts';
import { hasIbanChecksum, hasLuhnChecksum, isNhsNumber, isSinNumber, isSsn, isTfnNumber } from '../match/checksums.ts';
import { masked } from '../text/evidence.ts';

interface Kind {
  readonly type: string;
  readonly confidence: number;
  /** The fewest digits that a match has. */
  readonly digits: number;
  /** What else stands in every match, for texts that are not worth the search. */
  readonly mark?: RegExp;
  readonly pattern: RegExp;
  /** What a match must fulfil besides. */
  readonly isValid?: (value: string) => boolean;
}

/** Personal data by kind (spec/attacks.md 7.3). */
export const personalData: readonly Kind[] = [
  {
    type: 'email',
    confidence: 0.9,
    digits: 0,
    mark: /@/,
    pattern: /\b[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,3}\.[A-Za-z]{2,12}\b/g,
    isValid: (value) => !/@(?:example|test|localhost)\b/i.test(value),
  },
  {
    type: 'credit_card',
    confidence: 0.9,
    digits: 13,
    pattern: /\b\d{4}[ -]?\d{4,6}[ -]?\d{4,5}[ -]?\d{1,4}\b/g,
    isValid: hasLuhnChecksum,
  },
  { type: 'ssn', confidence: 0.95, digits: 9, pattern: /\b\d{3}-\d{2}-\d{4}\b/g, isValid: isSsn },
  {
    type: 'iban',
    confidence: 0.85,
    digits: 8,
    pattern: /\b[A-Z]{2}\d{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4} ?[A-Z0-9]{3,4}(?: ?[A-Z0-9]{1,4}){0,5}\b/g,
    isValid: hasIbanChecksum,
  },
  {
    type: 'uk_nin',
    confidence: 0.9,
    digits: 6,
    pattern: /\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g,
  },
  {
    type: 'phone_number',
    confidence: 0.85,
    digits: 10,
    pattern: /(?<![\d.-])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}(?![\d.-])/g,
  },
  {
    type: 'intl_phone',
    confidence: 0.8,
    digits: 6,
    mark: /\+/,
    pattern: /(?<![\d.])\+(?!1\b)[1-9]\d{0,2}[ -]\d{1,4}[ -]\d{2,4}[ -]\d{2,6}(?:[ -]\d{2,4})?\b/g,
  },
  { type: 'nhs_number', confidence: 0.7, digits: 10, pattern: /\b\d{3} \d{3} \d{4}\b/g, isValid: isNhsNumber },
  { type: 'canadian_sin', confidence: 0.8, digits: 9, pattern: /\b\d{3}[ -]\d{3}[ -]\d{3}\b/g, isValid: isSinNumber },
  {
    type: 'australian_tfn',
    confidence: 0.7,
    digits: 9,
    mark: /t(?:fn|ax)/i,
    pattern: /\b(?:tfn|tax file number)\D{0,12}\d{3} ?\d{3} ?\d{3}\b/gi,
    isValid: isTfnNumber,
  },
  {
    type: 'eu_passport_de',
    confidence: 0.65,
    digits: 3,
    mark: /pas/i,
    pattern: /\b(?:reisepass|passport)\D{0,24}[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\b/gi,
  },
  {
    type: 'eu_passport_fr',
    confidence: 0.6,
    digits: 7,
    mark: /pas/i,
    pattern: /\b(?:passeport|passport)\D{0,24}\d{2}[A-Z]{2}\d{5}\b/gi,
  },
  {
    type: 'eu_passport_it',
    confidence: 0.6,
    digits: 7,
    mark: /pas/i,
    pattern: /\b(?:passaporto|passport)\D{0,24}[A-Z]{2}\d{7}\b/gi,
  },
  {
    type: 'eu_passport_es',
    confidence: 0.6,
    digits: 6,
    mark: /pas/i,
    pattern: /\b(?:pasaporte|passport)\D{0,24}[A-Z]{3}\d{6}\b/gi,
  },
  {
    type: 'eu_passport_nl',
    confidence: 0.6,
    digits: 1,
    mark: /pas/i,
    pattern: /\b(?:paspoort|passport)\D{0,24}[A-Z]{2}[A-Z0-9]{6}\d\b/gi,
  },
];

/** One finding a kind. Placeholders, code and addresses inside of URLs are let pass (spec/attacks.md 7.3). */
export const pii: Detector = {
  name: 'pii',
  side: 'both',
  on: 'plain',
  scan(text, { kind }) {
    if (kind === 'tool_definition') return [];
    const held = digitsIn(text);
    return personalData.flatMap(({ type, confidence, digits, mark, pattern, isValid }): readonly Hit[] => {
      if (held < digits || mark?.test(text) === false) return [];
      const match = [...text.matchAll(pattern)].find(({ 0: value, index }) => {
        return !isPlaceholder(value) && (isValid?.(value) ?? true) && !isSuppressed(text, index);
      });
      if (match === undefined) return [];
      const span = { start: match.index, end: match.index + match[0].length };
      const metadata = { pii_type: type };
      const description = `Holds personal data: ${type.replaceAll('_', ' ')}`;
      return [
        {
          rule: `pii-${type}`,
          type: 'pii_detected',
          severity: 'Medium',
          confidence,
          description,
          metadata,
          masked: masked(type, match[0]),
          ...span,
        },
      ];
    });
  },
};

function digitsIn(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits;
}

function isPlaceholder(value: string): boolean {
  const digits = value.replace(/\D/g, '');
  return /x{3}/i.test(value) || /123456789/.test(digits) || (digits.length > 5 && /^(\d)\1*$/.test(digits));
}

function isSuppressed(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4000), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const isInFence = (before.match(/^```/gm)?.length ?? 0) % 2 === 1;
  return isInFence || /^(?: {4}|\t)/.test(line) || /https?:\/\/\S{0,400}$/.test(line);
}
