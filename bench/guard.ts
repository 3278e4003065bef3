import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import type { Run } from '../containers/contract.ts';
import { openRun, startBackend, startGateway, startUpstream } from '../containers/index.ts';
import { loadProfile } from '../matrix/discover.ts';
import { readEnv } from '../matrix/env.ts';
import { provisionOptions } from '../matrix/host/provision-options.ts';
import { createEngine } from '../src/gateway/security/engine.ts';
import { requestTexts } from '../src/gateway/security/surfaces/index.ts';
import { parseMetrics, seriesValue } from '../src/observe/index.ts';
import { countRows } from './count-rows.ts';
import { median } from './median.ts';
import { table } from './print.ts';
import { drive, numbered } from './wrk.ts';

const rounds = 5;
const seconds = 4;
const mib = 1_048_576;

/** What the guard costs: beside `plain` in the same run, on long prompts beside short ones, and the engine on its own. */
export async function benchGuard(root: string): Promise<void> {
  await benchEngine();
  await using run = await openRun({ id: `bench-${randomUUID().slice(0, 8)}`, projectRoot: root, kept: false });
  await using upstream = await startUpstream(run, { mode: 'process', env: { UPSTREAM_RECORD: 'off' } });
  await benchRequests(run, upstream.url('host'));
  await benchNeighbours(run, upstream.url('host'));
}

/** The engine alone: ten times the text may take twelve times as long. */
async function benchEngine(): Promise<void> {
  const engine = createEngine();
  const rows = [];
  let before = Number.NaN;
  for (const size of [10_240, 102_400, mib]) {
    let round = 0;
    const scan = () => {
      round += 1;
      const scannable = requestTexts('chat', { messages: [{ role: 'user', content: `${round} ${prose(size)}` }] });
      return engine.scanRequest(scannable, { profile: 'high_recall', budgetMs: 60_000 });
    };
    await scan();
    const times: number[] = [];
    while (times.length < rounds) times.push(await cpuOf(scan));
    const ms = median(times);
    rows.push({
      bytes: size,
      'cpu ms': ms.toFixed(2),
      'x before': Number.isNaN(before) ? '' : (ms / before).toFixed(1),
    });
    before = ms;
  }
  table(`Engine alone, benign prose, median of ${rounds} (target: 10x longer <= 12x slower)`, rows);
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/**
 * CPU of the gateway's process for each request, in rounds that alternate, so that all see the same machine: with texts that are
 * new each time, and with one that comes again, as what was said before does with every turn of a conversation.
 */
async function benchRequests(run: Run, upstreamUrl: string): Promise<void> {
  await using plain = await start(run, upstreamUrl, 'plain');
  await using guarded = await start(run, upstreamUrl, 'guard-flag');
  const cases = [
    { name: 'plain', gateway: plain, isNew: true },
    { name: 'guard-flag, new texts', gateway: guarded, isNew: true },
    { name: 'guard-flag, known texts', gateway: guarded, isNew: false },
  ].map((one) => ({ ...one, cpu: [] as number[], p99: [] as number[] }));
  for (let round = -1; round < rounds; round += 1) {
    for (const { gateway, isNew, cpu, p99 } of cases) {
      const { cpuMs, measured } = await spend(gateway, isNew);
      // The first round is for warming up.
      if (round === -1) continue;
      cpu.push(cpuMs);
      p99.push(measured.p99);
    }
  }
  const base = median(cases[0]?.cpu ?? []);
  const counts = new Map<Guarded, Readonly<Record<string, number>>>();
  for (const gateway of [plain, guarded]) counts.set(gateway, await gateway.stopAndCount());
  const rows = cases.map(({ name, gateway, cpu, p99 }) => {
    const ms = median(cpu);
    const of = { target: name, 'cpu ms/req': ms.toFixed(3), 'x plain': (ms / base).toFixed(2) };
    return { ...of, 'p99 ms': median(p99).toFixed(1), ...counts.get(gateway) };
  });
  table(
    `Chat of 200 bytes, 32 connections, audit and usage on, median of ${rounds} (target: <= 1.3x, 0 rows lost)`,
    rows,
  );
}

async function spend(gateway: Guarded, isNew: boolean) {
  const before = await cpuSeconds(gateway);
  const measured = await drive({ ...load(gateway.url, 200, isNew), connections: 32, seconds });
  if (measured.failed > 0) throw new Error(`${gateway.name}: ${measured.failed} requests failed`);
  return { measured, cpuMs: (((await cpuSeconds(gateway)) - before) * 1000) / measured.requests };
}

/** Short requests beside four callers that send a mebibyte each, over and over. */
async function benchNeighbours(run: Run, upstreamUrl: string): Promise<void> {
  await using gateway = await start(run, upstreamUrl, 'guard-flag');
  const alone = await drive({ ...load(gateway.url, 200), connections: 2, seconds });
  const [long, beside] = await Promise.all([
    drive({ ...load(gateway.url, mib), connections: 4, seconds: seconds * 3 }),
    drive({ ...load(gateway.url, 200), connections: 2, seconds: seconds * 3 }),
  ]);
  const row = (load: string, { requests, p50, p99, failed }: typeof alone) => ({
    load,
    requests,
    'p50 ms': p50.toFixed(1),
    'p99 ms': p99.toFixed(1),
    failed,
  });
  const rows = [row('200 bytes alone', alone), row('200 bytes beside 4 x 1 MiB', beside), row('1 MiB', long)];
  table('Short requests beside long ones, guard-flag (target: p99 <= 250 ms)', rows);
}

interface Guarded extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  /** Process-wide metrics. */
  readonly metrics: string;
  /** Stops it in order, and compares rows with the calls that it counted. */
  stopAndCount(): Promise<Readonly<Record<string, number>>>;
}

async function start(run: Run, upstreamUrl: string, configuration: 'plain' | 'guard-flag'): Promise<Guarded> {
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
    metrics,
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

async function cpuSeconds({ metrics }: Guarded): Promise<number> {
  return (await series(metrics, 'process_cpu_seconds_total')) ?? Number.NaN;
}

async function series(
  url: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | null> {
  const { body } = await request(`${url}/metrics`);
  return seriesValue(parseMetrics(await body.text()), name, labels) ?? null;
}

function load(url: string, bytes: number, isNew = true) {
  const content = isNew ? `${numbered} ${prose(bytes - 8)}` : prose(bytes);
  return {
    url: `${url}/v1/chat/completions`,
    headers: { 'content-type': 'application/json', 'user-agent': 'wrk' },
    body: JSON.stringify({ model: 'gpt-4.1-nano', messages: [{ role: 'user', content }] }),
  };
}

const sentences = [
  'The committee met on Tuesday to talk about the opening hours of the new library and its budget for next year.',
  'Nobody objected to the earlier start, though two members asked who would unlock the side entrance in winter.',
  'A short report of the meeting, with the figures of the last quarter, is attached for those who could not come.',
  'The caterer was paid on Friday; the invoice over 412.50 euros is filed under the reference of the event.',
];

/** Benign, without one sentence standing right beside its own copy. */
function prose(bytes: number): string {
  let text = '';
  for (let index = 0; text.length < bytes; index += 1) text += `${index} ${sentences[index % sentences.length]} `;
  return text.slice(0, bytes);
}
