import type { Run } from '../../containers/contract.ts';
import { median } from '../median.ts';
import { table } from '../print.ts';
import { drive } from '../wrk.ts';
import { type Guarded, startGuarded } from './guarded.ts';
import { load } from './load.ts';

const rounds = 5;
const seconds = 4;

/**
 * CPU of the gateway's process for each request, in rounds that alternate, so that all see the same machine: with texts that are
 * new each time, and with one that comes again, as what was said before does with every turn of a conversation.
 */
export async function benchRequests(run: Run, upstreamUrl: string): Promise<void> {
  await using plain = await startGuarded(run, upstreamUrl, 'plain');
  await using guarded = await startGuarded(run, upstreamUrl, 'guard-flag');
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
  const before = await gateway.cpuSeconds();
  const measured = await drive({ ...load(gateway.url, 200, isNew), connections: 32, seconds });
  if (measured.failed > 0) throw new Error(`${gateway.name}: ${measured.failed} requests failed`);
  return { measured, cpuMs: (((await gateway.cpuSeconds()) - before) * 1000) / measured.requests };
}
