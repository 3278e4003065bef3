import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { type BeginCall, upstreamCalls } from './upstream-calls.ts';

/** Where a response snapshot could not be kept. A type and not an interface, so that it counts as labels. */
export type SnapshotFailure = {
  readonly provider: string;
  readonly provider_name: string;
  readonly operation: 'store' | 'update' | 'delete';
};

/** The metrics of spec/gateway.md 1.4. The first three describe upstream calls, not inbound ones. */
export interface Metrics {
  readonly begin: BeginCall;
  readonly auditWriteFailures: { inc(): void };
  readonly usageWriteFailures: { inc(): void };
  readonly traceWriteFailures: { inc(): void };
  /** Response snapshots that could not be stored, changed or deleted. */
  readonly snapshotFailures: { inc(labels: SnapshotFailure): void };
  /** For rooms that count what is theirs. */
  readonly registers: Registry[];
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  // The event loop is looked at so often: at prom-client's own 10 ms that alone is 0.6 % of a processor in an idle gateway.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const registers = [registry];
  const begin = upstreamCalls(registers);
  return {
    begin,
    auditWriteFailures: failures(
      registry,
      'gomodel_audit_log_partial_write_failures_total',
      'Audit rows refused by the store',
    ),
    usageWriteFailures: failures(
      registry,
      'gomodel_usage_partial_write_failures_total',
      'Usage rows refused by the store',
    ),
    traceWriteFailures: failures(
      registry,
      'gomodel_trace_partial_write_failures_total',
      'Traces and findings refused by the store',
    ),
    snapshotFailures: new Counter({
      name: 'gomodel_response_snapshot_store_failures_total',
      help: 'Response snapshots that the store did not take',
      labelNames: ['provider', 'provider_name', 'operation'],
      registers,
    }),
    registers,
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Stands in while metrics are off, so that callers need not ask. */
export const noMetrics: Metrics = {
  begin: () => () => undefined,
  auditWriteFailures: { inc: () => undefined },
  usageWriteFailures: { inc: () => undefined },
  traceWriteFailures: { inc: () => undefined },
  snapshotFailures: { inc: () => undefined },
  registers: [],
  text: async () => '',
  contentType: 'text/plain',
};

function failures(registry: Registry, name: string, help: string): Counter {
  return new Counter({ name, help, registers: [registry] });
}
