import type { UsageFilter, UsageStore, UsageTotals } from '../ports/index.ts';
import { bucketSpans, closed, type Span, slicesOf, spanOf } from './spans.ts';
import { noUsage } from './usage.ts';
import { knownByHours } from './usage-hours.ts';

export type UsageKey = 'position' | 'user_path' | 'model' | 'provider' | 'provider_name';

/** Rows to be added up, apart for each value of the keys. */
export interface Addition<By extends UsageKey> {
  /** Without its span. */
  readonly filter: Omit<UsageFilter, 'from' | 'to'>;
  /** Ascending; `position` is a span's place here. */
  readonly spans: readonly Span[];
  readonly by: readonly By[];
}

export interface Sum<By extends UsageKey> {
  readonly key: Readonly<Record<By, string | number | bigint | null>>;
  readonly totals: UsageTotals;
}

/**
 * For the values that have rows, in the order of the keys, null first. Whole hours come from their tallies, what is left of hours at
 * the ends from its rows; what only rows know, a search, is asked of all rows.
 */
export type AddUp = <By extends UsageKey>(addition: Addition<By>) => Promise<readonly Sum<By>[]>;

/** The whole hours of spans, and what is left for their rows: all of it where only rows know what a filter asks. */
export function slicesFor(filter: UsageFilter, spans: readonly Span[]): ReturnType<typeof slicesOf> {
  return knownByHours(filter) ? slicesOf(spans) : { hours: [], ends: closed(spans) };
}

/** What adds usage up, alike in every store. */
export function usageReports(addUp: AddUp): Pick<UsageStore, 'totals' | 'buckets' | 'byModel' | 'byUserPath'> {
  const within = <By extends UsageKey>({ from, to, ...filter }: UsageFilter, by: readonly By[]) =>
    addUp({ filter, spans: [spanOf({ from, to })], by });
  return {
    async totals(filter) {
      const [all] = await within(filter, []);
      return all?.totals ?? noUsage;
    },
    async buckets({ from, to, ...filter }, boundaries) {
      const buckets = await addUp({ filter, spans: bucketSpans(boundaries, { from, to }), by: ['position'] });
      return buckets.map(({ key, totals }) => ({ index: Number(key.position), ...totals }));
    },
    async byModel(filter) {
      const models = await within(filter, ['provider', 'model', 'provider_name']);
      return models.map(({ key, totals }) => ({
        model: String(key.model),
        provider: String(key.provider),
        providerName: key.provider_name === null ? null : String(key.provider_name),
        ...totals,
      }));
    },
    async byUserPath(filter) {
      const paths = await within(filter, ['user_path']);
      return paths.map(({ key, totals }) => ({ userPath: String(key.user_path), ...totals }));
    },
  };
}
