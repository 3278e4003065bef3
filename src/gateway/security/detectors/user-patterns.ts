import type { UserPattern } from '../contract.ts';
import type { Detector } from '../detector.ts';

/**
 * What the operator looks for beyond what is known here. Only whether a chunk matches is asked (contracts-guardrail 5), so the span is the
 * chunk and the evidence the pattern's name.
 */
export function userPatternDetectors(patterns: readonly UserPattern[]): readonly Detector[] {
  return patterns.length === 0 ? [] : [detectorOf(patterns)];
}

function detectorOf(patterns: readonly UserPattern[]): Detector {
  return {
    name: 'user-patterns',
    side: 'both',
    on: 'plain',
    scan: (text) =>
      patterns.flatMap(({ name, type, severity, confidence, test }) => {
        if (!test(text)) return [];
        const description = `Matches the pattern ${name}`;
        const hit = { rule: `user-${name}`, type, severity, confidence, description, start: 0, end: text.length };
        return [{ ...hit, masked: `[${name}]` }];
      }),
  };
}
