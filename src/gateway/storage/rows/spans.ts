import { hourMs } from './tally.ts';

export interface Span {
  readonly from?: number;
  readonly to?: number;
}

/** A span as whole hours, which are counted, and the parts of hours at its ends, which are not. */
export interface CountedSpan {
  /** Inclusive and exclusive. */
  readonly hours: { readonly from: number; readonly to: number };
  readonly ends: readonly { readonly from: number; readonly to: number }[];
}

export function countedSpan({ from = -farMs, to = farMs }: Span): CountedSpan {
  const hours = { from: Math.ceil(from / hourMs), to: Math.floor(to / hourMs) };
  if (hours.from >= hours.to) {
    return { hours: { from: 0, to: 0 }, ends: from < to ? [{ from, to }] : [] };
  }
  const ends = [
    { from, to: hours.from * hourMs },
    { from: hours.to * hourMs, to },
  ];
  return { hours, ends: ends.filter((end) => end.from < end.to) };
}

/** A span of a list of spans, by its place there: `low` is inclusive, `high` exclusive. */
export interface Slice {
  readonly position: number;
  readonly low: number;
  readonly high: number;
}

/** Spans as whole hours, and as the parts of hours at their ends, in milliseconds. */
export function slicesOf(spans: readonly Span[]): {
  readonly hours: readonly Slice[];
  readonly ends: readonly Slice[];
} {
  const counted = spans.map(countedSpan);
  return {
    hours: counted.flatMap(({ hours: { from, to } }, position) =>
      from < to ? [{ position, low: from, high: to }] : [],
    ),
    ends: counted.flatMap(({ ends }, position) => ends.map(({ from, to }) => ({ position, low: from, high: to }))),
  };
}

interface GivenSpan {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** The span of a filter. */
export function spanOf({ from, to }: GivenSpan): Span {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** [boundaries[i], boundaries[i+1]), as far as a filter's span goes. */
export function bucketSpans(boundaries: readonly number[], filter: GivenSpan): readonly Span[] {
  const { from = -farMs, to = farMs } = spanOf(filter);
  return boundaries.slice(1).map((high, position) => ({
    from: Math.max(boundaries[position] ?? high, from),
    to: Math.min(high, to),
  }));
}

/** Spans in milliseconds, with ends where they have none; those that hold something. */
export function closed(spans: readonly Span[]): readonly Slice[] {
  const slices = spans.map(({ from = -farMs, to = farMs }, position) => ({ position, low: from, high: to }));
  return slices.filter(({ low, high }) => low < high);
}

// Whole hours, beyond every timestamp that a store takes.
const farMs = 2_502_000_000 * hourMs;
