import type { Detector, Hit } from '../../detector.ts';

/** Characters of somebody's own words from which on a quotation is one among them. */
const ownWords = 20;
const doubtful = 0.65;

/** What stands in a quotation that somebody asks about is meant for others more often than not: it is reported, but not as certain. */
export function doubtQuoted<D extends Detector>(detector: D): D {
  return {
    ...detector,
    scan(text, context) {
      const hits = detector.scan(text, context);
      return context.kind === 'user' ? hits.map((hit) => (isInQuotation(text, hit) ? doubted(hit) : hit)) : hits;
    },
  };
}

function doubted(hit: Hit): Hit {
  return hit.confidence <= doubtful ? hit : { ...hit, severity: 'Medium', confidence: doubtful };
}

const marks: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
];

function isInQuotation(text: string, { start, end }: Hit): boolean {
  return marks.some(([open, close]) => {
    const opened = text.lastIndexOf(open, start - 1);
    const closed = text.indexOf(close, end);
    if (opened === -1 || closed === -1 || text.length - (closed - opened) < ownWords) return false;
    if (open === close) return text.slice(0, start).split(open).length % 2 === 0;
    return text.lastIndexOf(close, start - 1) <= opened;
  });
}
