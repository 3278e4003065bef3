import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import type { Run } from '../../containers/contract.ts';
import { startBackend, startGateway } from '../../containers/index.ts';
import { loadProfile } from '../../matrix/discover.ts';
import { readEnv } from '../../matrix/env.ts';
import { provisionOptions } from '../../matrix/host/provision-options.ts';
import { parseMetrics, seriesValue } from '../../src/observe/index.ts';
import { countRows } from '../count-rows.ts';

/** A gateway as it is shipped, on SQLite. */
export interface Guarded extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  /** What its process has used so far. */
  cpuSeconds(): Promise<number>;
  /** Stops it in order, and compares rows with the calls that it counted. */
  stopAndCount(): Promise<Readonly<Record<string, number>>>;
}

export async function startGuarded(
  run: Run,
  upstreamUrl: string,
  configuration: 'plain' | 'guard-flag',
): Promise<Guarded> {
  await using stack = new AsyncDisposableStack();
  const backend = stack.use(await startBackend(run, 'sqlite', provisionOptions(readEnv())));
  const namespace = stack.use(await backend.fresh(`bench_${randomUUID().slice(0, 8)}`));
  const profile = await loadProfile(run.projectRoot, 'reference');
  const databaseUrl = namespace.url('host');
  const input = {
    cell: 'sqlite',
    backend: 'sqlite',
    guardrails: false,
    configuration,
    databaseUrl,
    upstreamUrl,
  } as const;
  const launch = profile.launch(input);
  const name = `bench-${configuration}-${randomUUID().slice(0, 4)}`;
  const gateway = stack.use(
    await startGateway(run, {
      name,
      profile,
      launch: { ...launch, env: asShipped(launch.env) },
      mode: 'process',
      namespace,
    }),
  );
  const owned = stack.move();
  const url = gateway.baseUrl + (profile.parts?.[configuration]?.path ?? '');
  const metrics = gateway.baseUrl;
  return {
    name: configuration,
    url,
    cpuSeconds: async () => (await series(metrics, 'process_cpu_seconds_total')) ?? Number.NaN,
    async stopAndCount() {
      const calls = (await series(metrics, 'gomodel_requests_total', { endpoint: '/chat/completions' })) ?? 0;
      await gateway[Symbol.asyncDispose]();
      const tables = ['audit_logs', 'usage', ...(configuration === 'plain' ? [] : (['traces'] as const))] as const;
      const counts = await Promise.all(tables.map((one) => countRows('sqlite', databaseUrl, one)));
      return { calls, 'rows lost': counts.reduce((lost, count) => lost + Math.max(0, calls - count), 0) };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Cells flush at once and debug; here the gateway's own defaults hold. */
function asShipped(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name]) => !name.endsWith('_FLUSH_INTERVAL') && name !== 'GUARD_DEBUG');
  return Object.fromEntries(kept);
}

async function series(
  url: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | null> {
  const { body } = await request(`${url}/metrics`);
  return seriesValue(parseMetrics(await body.text()), name, labels) ?? null;
}
