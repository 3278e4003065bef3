import type { TraceRecord } from '../storage/ports/index.ts';

export type JudgeState = 'off' | 'not_routed' | 'pending' | 'done' | 'dropped' | 'failed';

/** One tier of a judge that was asked, and how that went. */
export interface AskedTier {
  readonly tier: 'fast' | 'slow';
  readonly status: string;
}

export interface Judging {
  readonly state: JudgeState;
  /** Why it was dropped or failed. */
  readonly reason?: string;
  readonly tiers: readonly AskedTier[];
}

/** What is known at one moment of a trace that may not be stored yet. */
export interface RecentTrace {
  /** null while the exchange goes on. */
  readonly record: TraceRecord | null;
  /** Every row of it is in the store. */
  readonly stored: boolean;
  readonly judging: Judging;
}

/** Traces of late, for the debug endpoint; none where that is off. */
export interface RecentTraces {
  open(id: string, judge: boolean): void;
  find(id: string): RecentTrace | null;
  change(id: string, change: Partial<RecentTrace>): void;
  /** Of an exchange that never came to a record. */
  drop(id: string): void;
}

const mostTraces = 10_000;

export function createRecentTraces(): RecentTraces {
  const traces = new Map<string, RecentTrace>();
  return {
    open(id, judge) {
      const [oldest] = traces.keys();
      if (traces.size >= mostTraces && oldest !== undefined) traces.delete(oldest);
      traces.set(id, { record: null, stored: false, judging: { state: judge ? 'pending' : 'off', tiers: [] } });
    },
    find: (id) => traces.get(id) ?? null,
    change(id, change) {
      const found = traces.get(id);
      // What a reader holds stays as it was: a trace that goes on while he awaits a store would contradict what he reads there.
      if (found !== undefined) traces.set(id, { ...found, ...change });
    },
    drop: (id) => void traces.delete(id),
  };
}

export const noRecentTraces: RecentTraces = {
  open: () => undefined,
  find: () => null,
  change: () => undefined,
  drop: () => undefined,
};
