import type { Severity, SurfaceKind } from '../contract.ts';
import { type Context, type Detector, type Hit, sideOf } from '../detector.ts';
import type { FindingType } from '../finding-types.ts';
import { isOnlyMentioned } from './mention.ts';
import type { Phrase } from './phrase.ts';

/** Phrases that each mean the same thing. */
export interface Rule {
  readonly id: string;
  readonly type: FindingType;
  readonly severity: Severity;
  readonly confidence: number;
  readonly description: string;
  readonly phrases: readonly Phrase[];
  /** Absent = all that somebody writes to the model, and not what the model answers. */
  readonly kinds?: readonly SurfaceKind[];
  /** Counts even where the words are only quoted or talked about. */
  readonly literally?: true;
  readonly metadata?: Readonly<Record<string, string>>;
}

export const requestKinds: readonly SurfaceKind[] = [
  'user',
  'system',
  'assistant',
  'tool_result',
  'tool_arguments',
  'tool_definition',
];

/** A detector that is nothing but rules: one hit a rule, the first that is meant and not only mentioned. */
export function ruleDetector(name: string, rules: readonly Rule[]): Detector & { readonly rules: readonly Rule[] } {
  const [side, ...others] = new Set(rules.flatMap(({ kinds = requestKinds }) => kinds.map(sideOf)));
  return {
    name,
    rules,
    side: side === undefined || others.length > 0 ? 'both' : side,
    on: 'both',
    wants: rules.flatMap((rule) => rule.phrases.map((phrase) => phrase.needs)),
    scan: (text, context) =>
      rules.flatMap((rule) => {
        if (!(rule.kinds ?? requestKinds).includes(context.kind)) return [];
        const hit = firstHit(rule, text, context);
        return hit === null ? [] : [hit];
      }),
  };
}

/** Whether the literals that a phrase cannot do without occur. */
export function mayMatch({ needs }: Phrase, { met }: Context): boolean {
  return met.has(needs);
}

function firstHit(rule: Rule, text: string, context: Context): Hit | null {
  for (const phrase of rule.phrases) {
    if (!mayMatch(phrase, context)) continue;
    const span = firstMeant(phrase, text, rule.literally === true);
    if (span === null) continue;
    const { type, severity, confidence, description } = rule;
    const metadata = rule.metadata ?? {};
    return { rule: rule.id, type, severity, confidence, description, metadata, ...span };
  }
  return null;
}

/** After so many mere mentions a text is no longer a discussion. */
const mostMentions = 16;

function firstMeant({ pattern }: Phrase, text: string, literally: boolean): { start: number; end: number } | null {
  let match = pattern.exec(text);
  const further = match === null ? null : new RegExp(pattern.source, `${pattern.flags}g`);
  for (let round = 1; match !== null; round += 1) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (literally || round === mostMentions || !isOnlyMentioned(text, start, end)) return { start, end };
    if (further === null) return null;
    further.lastIndex = Math.max(end, start + 1);
    match = further.exec(text);
  }
  return null;
}
