import type { Severity } from '../contract.ts';
import type { Hit } from '../detector.ts';
import type { FindingType } from '../finding-types.ts';

/** What a table of signs, or of forms, says of a sum of weights. */
export interface Scale {
  readonly type: FindingType;
  readonly description: string;
  /** What a sum of weights means; the first that is reached. */
  readonly levels: readonly Level[];
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface Level {
  readonly least: number;
  readonly severity: Severity;
  readonly confidence: number;
}

/** Something that counts, and where it stands. */
export interface Weighed {
  readonly id: string;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

/** What stands further apart than this has nothing to do with each other: a long text holds some of everything by chance. */
export const windowLength = 800;

/** Those that weigh most within one window, each id once. */
export function heaviest(all: readonly Weighed[]): readonly Weighed[] {
  return all.reduce<readonly Weighed[]>((best, first) => {
    const inside = all.filter(({ start }) => start >= first.start && start <= first.start + windowLength);
    const once = [...new Map(inside.map((one) => [one.id, one])).values()];
    return weightOf(once) > weightOf(best) ? once : best;
  }, []);
}

export function weightOf(all: readonly { readonly weight: number }[]): number {
  return all.reduce((sum, { weight }) => sum + weight, 0);
}

export function levelOf({ levels }: Scale, weight: number): Level | undefined {
  return levels.find(({ least }) => weight >= least);
}

/** The hit that all of them make together, where the heaviest stands. */
export function hitsOf(rule: string, scale: Scale, all: readonly Weighed[]): readonly Hit[] {
  const level = levelOf(scale, weightOf(all));
  const strongest = all.toSorted((a, b) => b.weight - a.weight)[0];
  if (level === undefined || strongest === undefined) return [];
  const { type, description } = scale;
  const { severity, confidence } = level;
  const { start, end } = strongest;
  const metadata = { ...scale.metadata, signals: all.map(({ id }) => id).join(',') };
  return [{ rule, type, severity, confidence, description, start, end, metadata }];
}
