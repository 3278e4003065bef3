import { Counter, Histogram, type Registry } from 'prom-client';
import { type TallyCounter, tallyCounter, tallyGauge } from '../metrics/tally.ts';
import { incompleteReasons, severities } from '../security/contract.ts';
import { findingTypes } from '../security/finding-types.ts';

/** What the guard counts (spec/attacks.md 3.4): label sets that are closed start at zero, so that "absent" never means "broken". */
export type ScreenMetrics = ReturnType<typeof createScreenMetrics>;

export function createScreenMetrics(registers: Registry[], prefix: string) {
  const name = (rest: string) => `${prefix}_${rest}`;
  const metrics = {
    requests: tallyCounter({
      name: name('requests_total'),
      help: 'Requests that the guard looked at',
      labelNames: ['provider', 'model', 'status_code'],
      registers,
    }),
    durations: new Histogram({
      name: name('request_duration_seconds'),
      help: 'Time of those requests, to their end',
      labelNames: ['provider', 'model'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
    tokens: tallyCounter({
      name: name('tokens_total'),
      help: 'Tokens of those requests',
      labelNames: ['direction', 'provider', 'model'],
      registers,
    }),
    cost: tallyCounter({
      name: name('cost_usd_total'),
      help: 'Cost of those requests in USD',
      labelNames: ['model'],
      registers,
    }),
    findings: new Counter({
      name: name('security_findings_total'),
      help: 'Findings, as they are stored',
      labelNames: ['severity', 'finding_type'],
      registers,
    }),
    scans: scanTimes(registers, name('security_detector_latency_seconds')),
    decisions: tallyCounter({
      name: name('guard_decisions_total'),
      help: 'What was done about requests',
      labelNames: ['mode', 'action'],
      registers,
    }),
    incomplete: new Counter({
      name: name('guard_incomplete_total'),
      help: 'Looks that did not see everything',
      labelNames: ['reason'],
      registers,
    }),
    stored: new Counter({
      name: name('storage_operations_total'),
      help: 'Writes of traces and verdicts',
      labelNames: ['operation', 'status'],
      registers,
    }),
    active: tallyGauge({ name: name('active_connections'), help: 'Requests being looked at or answered', registers }),
  };
  zeros(metrics);
  return metrics;
}

/** By the side that was looked at: a kept series costs less than one that is looked up. */
function scanTimes(registers: Registry[], name: string) {
  const times = new Histogram({
    name,
    help: 'Time of one look at a request or a reply',
    labelNames: ['detector'],
    buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5],
    registers,
  });
  return { request: times.labels({ detector: 'request' }), reply: times.labels({ detector: 'reply' }) };
}

function zeros({ findings, decisions, incomplete, stored }: ZeroAtFirst): void {
  for (const severity of severities) {
    for (const type of Object.keys(findingTypes)) findings.inc({ severity, finding_type: type }, 0);
  }
  for (const mode of ['log', 'flag', 'block']) {
    for (const action of ['allow', 'flag', 'block']) decisions.series({ mode, action });
  }
  for (const reason of incompleteReasons) incomplete.inc({ reason }, 0);
  for (const operation of ['insert_trace', 'insert_verdict']) {
    for (const status of ['success', 'error']) stored.inc({ operation, status }, 0);
  }
}

interface ZeroAtFirst {
  readonly findings: Counter<'severity' | 'finding_type'>;
  readonly decisions: TallyCounter<'mode' | 'action'>;
  readonly incomplete: Counter<'reason'>;
  readonly stored: Counter<'operation' | 'status'>;
}
