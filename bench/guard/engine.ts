import { createEngine } from '../../src/gateway/security/engine.ts';
import { requestTexts } from '../../src/gateway/security/surfaces/index.ts';
import { median } from '../median.ts';
import { table } from '../print.ts';
import { prose } from './load.ts';

const rounds = 5;
const mib = 1_048_576;

/** The engine alone: ten times the text may take twelve times as long. */
export async function benchEngine(): Promise<void> {
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
