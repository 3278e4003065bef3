import type { Tally } from '../metrics/tally.ts';
import type { TraceRecord, UsageRow } from '../storage/ports/index.ts';
import type { ScreenMetrics } from './metrics.ts';

/** Counts what is counted once for each exchange. */
export type CountTrace = (record: TraceRecord, metered: UsageRow | null) => void;

/** The series of one model. Kept, because looking a series up by its labels costs more than counting. */
interface ModelSeries {
  readonly durations: { observe(seconds: number): void };
  readonly prompt: Tally;
  readonly completion: Tally;
  readonly cost: Tally;
  readonly requests: Map<number, Tally>;
}

/** There are as many kept series as the metrics themselves hold. */
export function traceCounter(metrics: ScreenMetrics): CountTrace {
  const models = new Map<string, ModelSeries>();
  const decisions = new Map<string, Tally>();
  return ({ trace, findings }, metered) => {
    const { provider, model, mode, action, statusCode, durationNs } = trace;
    for (const { severity, type } of findings) metrics.findings.inc({ severity, finding_type: type });
    kept(decisions, `${mode} ${action}`, () => metrics.decisions.series({ mode, action })).add();
    const series = kept(models, `${provider}\n${model}`, () => seriesOf(metrics, provider, model));
    series.durations.observe(durationNs / 1e9);
    const status = () => metrics.requests.series({ provider, model, status_code: String(statusCode) });
    kept(series.requests, statusCode, status).add();
    if (metered === null) return;
    series.prompt.add(metered.inputTokens);
    series.completion.add(metered.outputTokens);
    series.cost.add(metered.totalCost === null ? 0 : Number(metered.totalCost) / 1e12);
  };
}

function seriesOf(metrics: ScreenMetrics, provider: string, model: string): ModelSeries {
  return {
    durations: metrics.durations.labels({ provider, model }),
    prompt: metrics.tokens.series({ direction: 'prompt', provider, model }),
    completion: metrics.tokens.series({ direction: 'completion', provider, model }),
    cost: metrics.cost.series({ model }),
    requests: new Map(),
  };
}

function kept<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
