import type { TraceRecord } from '../storage/ports/index.ts';
import type { Screening, ScreeningDeps } from './contract.ts';
import { screenHeaders } from './headers.ts';
import { carryOut } from './judging.ts';
import { lookAtAnswer, lookAtRequest } from './look.ts';
import type { Scopes } from './scopes.ts';
import { newScreened } from './screened.ts';
import { traceRecord } from './trace.ts';
import { takeClientId } from './trace-id.ts';

export { noScreening, type Screening } from './contract.ts';

/** The guard between authentication and the cache. */
export function createScreening(deps: ScreeningDeps): Screening {
  const { policies, headerPrefix, recent } = deps;
  return {
    paths: policies.slice(1).map(({ path }) => path),
    queue: deps.queue,
    begin(path, header) {
      const policy = policies.find((one) => one.path === path) ?? policies[0];
      const clientTraceId = header(`${headerPrefix}-trace-id`)?.trim() || null;
      const scope = deps.scopes.read(header(`${headerPrefix}-scope`));
      const screened = newScreened(policy, deps.newId(), { clientTraceId, scope });
      recent.open(screened.traceId, policy.judge !== 'off');
      return screened;
    },
    takeClientId: (screened) => takeClientId(screened, deps),
    headers: ({ screened }) => (screened === null ? [] : screenHeaders(screened, headerPrefix)),
    request: (exchange, read, what = 'request') => lookAtRequest(exchange, read, what, deps),
    forwarding({ screened }) {
      if (screened !== null) screened.upstreamCalled = true;
    },
    reply: async ({ screened }, api, reply) => (screened === null ? reply : lookAtAnswer(screened, api, reply, deps)),
    record(exchange, statusCode) {
      const { screened, places } = exchange;
      const isSeen = screened !== null && screened.looks.length > 0;
      if (places.traces && !isSeen) deps.queue.release();
      const isPlaced = places.traces;
      places.traces = false;
      if (!isSeen) {
        if (screened !== null) recent.drop(screened.traceId);
        return;
      }
      deps.metrics.active.add(-1);
      const record = traceRecord(exchange, screened, statusCode);
      deps.count(record, exchange.trail.metered);
      countScoped(record, screened.scope, deps.scopes);
      recent.change(screened.traceId, { record });
      if (isPlaced) deps.queue.push(record);
      carryOut(exchange, screened, deps);
    },
  };
}

function countScoped({ trace: { mode, action }, findings }: TraceRecord, scope: string | null, scopes: Scopes): void {
  scopes.decided(scope, { mode, action });
  for (const { severity, type } of findings) scopes.found(scope, { severity, finding_type: type });
}
