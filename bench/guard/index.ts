import { randomUUID } from 'node:crypto';
import { openRun, startUpstream } from '../../containers/index.ts';
import { benchEngine } from './engine.ts';
import { benchNeighbours } from './neighbours.ts';
import { benchRequests } from './requests.ts';

/** What the guard costs: beside `plain` in the same run, on long prompts beside short ones, and the engine on its own. */
export async function benchGuard(root: string): Promise<void> {
  await benchEngine();
  await using run = await openRun({ id: `bench-${randomUUID().slice(0, 8)}`, projectRoot: root, kept: false });
  await using upstream = await startUpstream(run, { mode: 'process', env: { UPSTREAM_RECORD: 'off' } });
  await benchRequests(run, upstream.url('host'));
  await benchNeighbours(run, upstream.url('host'));
}
