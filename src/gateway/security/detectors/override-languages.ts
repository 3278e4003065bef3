import type { Context, Detector, Hit } from '../detector.ts';
import { languages, turns } from '../match/languages.ts';
import { isOnlyMentioned } from '../match/mention.ts';
import { anchorsOf, bounded, listOf } from '../match/phrase.ts';
import { findSlots } from '../match/slots.ts';
import { isAscii } from '../text/ascii.ts';

const compiled = languages.map((language) => ({
  name: language.name,
  dismissing: [anchorsOf(listOf(language.dismiss), 2)],
  revealing: [anchorsOf(listOf(language.reveal), 2)],
  override: { first: stems(language.dismiss), parts: [stems(language.which), stems(language.orders)] },
  extraction: { first: stems(language.own), parts: [stems(language.reveal)] },
}));

const compiledTurns = turns.map((turn) => ({
  ...turn,
  needs: [anchorsOf(listOf(turn.first), 2)],
  slots: { first: stems(turn.first), parts: [stems(turn.with)] },
}));

/** Overrides and prompt extraction in other languages than English, by stems in any order within a sentence. */
export const overrideLanguages: Detector = {
  name: 'override-languages',
  wants: [
    ...compiled.flatMap(({ dismissing, revealing }) => [dismissing, revealing]),
    ...compiledTurns.map(({ needs }) => needs),
  ],
  side: 'request',
  on: 'both',
  scan(text, { met }) {
    const plain = compiled.flatMap(({ name, dismissing, revealing, override, extraction }): readonly Hit[] => {
      const dropped = met.has(dismissing) ? meant(findSlots(override, text), text) : null;
      const asked = met.has(revealing) ? meant(findSlots(extraction, text), text) : null;
      return [
        ...(dropped === null
          ? []
          : [{ ...overrideHit, rule: `override-${name}`, metadata: { language: name }, ...dropped }]),
        ...(asked === null
          ? []
          : [{ ...extractionHit, rule: `extraction-${name}`, metadata: { language: name }, ...asked }]),
      ];
    });
    return [...plain, ...turnHits(text, met)];
  },
};

function turnHits(text: string, met: Context['met']): readonly Hit[] {
  return compiledTurns.flatMap(({ name, kind, needs, slots }) => {
    const span = met.has(needs) ? meant(findSlots(slots, text), text) : null;
    return span === null
      ? []
      : [{ ...turnHit[kind], rule: `turn-${kind}-${name}`, metadata: { language: name }, ...span }];
  });
}

type Span = Pick<Hit, 'start' | 'end'>;

function meant(span: Span | null, text: string): Span | null {
  return span === null || isOnlyMentioned(text, span.start, span.end) ? null : span;
}

const overrideHit = {
  type: 'prompt_injection',
  severity: 'High',
  confidence: 0.85,
  description: 'Orders the model to drop its earlier instructions, in another language than English',
} as const;

const turnHit = {
  override: { ...overrideHit, severity: 'Medium', confidence: 0.65 },
  extraction: {
    type: 'prompt_extraction',
    severity: 'Medium',
    confidence: 0.65,
    description: 'Asks for what the model was told or keeps, in another language than English',
  },
  persona: {
    type: 'jailbreak',
    severity: 'Medium',
    confidence: 0.65,
    description: 'Describes somebody without rules whom the model is to be, in another language than English',
  },
} as const;

const extractionHit = {
  type: 'prompt_extraction',
  severity: 'High',
  confidence: 0.85,
  description: 'Asks for the instructions of the model, in another language than English',
} as const;

/** Latin stems begin a word; other scripts have no word boundaries that patterns know of. */
function stems(list: string): RegExp {
  const words = listOf(list);
  const latin = words.filter(isAscii);
  const other = words.filter((word) => !isAscii(word));
  const parts = [...(latin.length > 0 ? [`\\b(?:${latin.join('|')})`] : []), ...other];
  return bounded(new RegExp(parts.join('|'), 'i'));
}
