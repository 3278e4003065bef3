import type { Run } from '../../containers/contract.ts';
import { table } from '../print.ts';
import { drive } from '../wrk.ts';
import { startGuarded } from './guarded.ts';
import { load } from './load.ts';

const mib = 1_048_576;
const seconds = 4;

/** Short requests beside four callers that send a mebibyte each, over and over. */
export async function benchNeighbours(run: Run, upstreamUrl: string): Promise<void> {
  await using gateway = await startGuarded(run, upstreamUrl, 'guard-flag');
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
