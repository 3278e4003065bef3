import type { Detector } from '../../detector.ts';

/** Characters: the longest text in which one weak form tells enough. */
const short = 600;

/** A detector whose weak hits count in short texts only: a long one says some of everything by chance. */
export function inShortTexts<D extends Detector>(detector: D, sure = 0.7): D {
  return {
    ...detector,
    scan(text, context) {
      const hits = detector.scan(text, context);
      return context.length <= short
        ? hits
        : hits.filter(({ rule, confidence }) => !rule.startsWith('forms-') || confidence >= sure);
    },
  };
}
