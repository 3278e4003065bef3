import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Config } from '../config/index.ts';
import type { Endpoint } from '../http/types.ts';
import type { Ids } from '../ids.ts';
import { createJudge, type Judge } from '../judge/index.ts';
import { createJudgeMetrics } from '../judge/metrics.ts';
import { scriptedTier } from '../judge/scripted.ts';
import { slowTier } from '../judge/slow.ts';
import type { Storage, TraceRecord } from '../storage/ports/index.ts';
import type { WriteBehind } from '../writer/write-behind.ts';
import { traceCounter } from './count.ts';
import { debugEndpoints } from './debug.ts';
import { createScreening, noScreening, type Screening } from './index.ts';
import { createScreenMetrics } from './metrics.ts';
import { createRecentTraces, noRecentTraces } from './recent.ts';
import { createScopes, noScopes } from './scopes.ts';

export interface Guarding {
  readonly screening: Screening;
  readonly endpoints: readonly Endpoint[];
  /** Ends the judge; verdicts that wait are dropped. */
  close(): Promise<void>;
}

export interface GuardingDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly ids: Ids;
  readonly registers: Registry[];
  /** Makes the queue of traces, given how a group is stored. */
  queue(insert: Storage['traces']['insert']): WriteBehind<TraceRecord>;
  readonly log: Logger;
}

/** Puts the guard together: engine, policies, traces, judge and the debug endpoints (docs/guardrail.md). */
export async function createGuarding(deps: GuardingDeps): Promise<Guarding> {
  const { config, storage, ids, registers, queue, log } = deps;
  const { settings, guard } = config;
  if (guard.policies === null) return { screening: noScreening, endpoints: [], close: async () => undefined };
  // To load its tables is a tenth of a start: only who wants the guard waits for them.
  const { createEngine } = await import('../security/engine.ts');
  const metrics = createScreenMetrics(registers, settings.guardMetrics);
  const judgeMetrics = createJudgeMetrics(registers, settings.guardMetrics);
  const scopes = settings.guardDebug ? createScopes(registers, settings.guardMetrics) : noScopes;
  const recent = settings.guardDebug ? createRecentTraces() : noRecentTraces;
  if (settings.guardDebug) log.warn('guard debug endpoints are on: whoever may call them reads what users wrote');
  const judge = guard.policies.some((policy) => policy.judge !== 'off')
    ? createJudge({
        fast: scriptedTier(guard.script),
        slow: settings.judgeSlowUrl === null ? null : slowTier(settings.judgeSlowUrl, settings),
        verdicts: storage.verdicts,
        metrics: judgeMetrics,
        stored: metrics.stored,
        recent,
        scopes,
        queueSize: settings.judgeQueue,
        concurrency: settings.judgeConcurrency,
        minScore: settings.judgeMinScore,
        inlineTimeout: settings.judgeInlineTimeout,
        log,
      })
    : null;
  const traces = queue(async (records) => {
    try {
      const outcome = await storage.traces.insert(records);
      metrics.stored.inc({ operation: 'insert_trace', status: 'success' }, records.length);
      for (const { trace } of records) recent.change(trace.id, { stored: true });
      return outcome;
    } catch (error) {
      metrics.stored.inc({ operation: 'insert_trace', status: 'error' });
      throw error;
    }
  });
  const screening = createScreening({
    policies: guard.policies,
    engine: createEngine({ canaries: settings.guardCanaries, patterns: guard.patterns }),
    budgetMs: settings.guardBudget,
    headerPrefix: settings.guardHeaders,
    debug: settings.guardDebug,
    queue: traces,
    traces: storage.traces,
    recent,
    judge,
    metrics,
    count: traceCounter(metrics),
    scopes,
    judgeMetrics,
    newId: ids.random,
  });
  return {
    screening,
    endpoints: settings.guardDebug ? debugEndpoints({ storage, recent, scopes, judging: judge !== null }) : [],
    close: async () => closeJudge(judge),
  };
}

async function closeJudge(judge: Judge | null): Promise<void> {
  await judge?.close();
}
