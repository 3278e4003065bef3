import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { MatrixError } from '../../src/shared/errors.ts';
import { childEnv } from '../env.ts';
import type { HostReply, HostRequest, HostState } from './state.ts';

export interface LaunchedHost {
  readonly state: HostState;
  /** Ends the host and waits until it has disposed everything. */
  stop(): Promise<void>;
}

/**
 * Starts the process that owns the cells, and waits until every cell is ready or known to be unavailable. It stands in a
 * session of its own, so that Ctrl-C reaches us and not the gateways and databases; `onSpawn` gets the means to stop it early.
 */
export async function launchHost(
  request: HostRequest,
  log: string,
  onSpawn: (stop: () => Promise<void>) => void = () => undefined,
): Promise<LaunchedHost> {
  mkdirSync(dirname(log), { recursive: true });
  const errors = openSync(log, 'a', 0o600);
  const child = spawn(process.execPath, [join(request.root, 'matrix/host/main.ts')], {
    cwd: request.root,
    detached: true,
    env: childEnv({ MATRIX_HOST: null, NODE_OPTIONS: null, NODE_COMPILE_CACHE: join(request.root, '.cache/node') }),
    stdio: ['pipe', 'pipe', errors, 'ipc'],
  });
  closeSync(errors);
  const gone = once(child, 'exit');
  const stop = () => stopChild(child, gone);
  onSpawn(stop);
  child.stdin?.end(JSON.stringify(request));
  const state = await readState(child, gone, log);
  // Jest must be able to end while the host waits; the host sees our end of the channel close.
  child.unref();
  child.channel?.unref();
  child.stdout?.destroy();
  return { state, stop };
}

async function readState(child: ChildProcess, gone: Promise<unknown[]>, log: string): Promise<HostState> {
  if (child.stdout === null) throw hostFailed(log);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), gone.then(() => null)]);
  lines.close();
  if (first === null) throw hostFailed(log);
  const reply = JSON.parse(String(first[0])) as HostReply;
  if ('state' in reply) return reply.state;
  throw new MatrixError(reply.error);
}

async function stopChild(child: ChildProcess, gone: Promise<unknown[]>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  if (child.connected) child.disconnect();
  else child.kill('SIGTERM');
  await gone;
}

function hostFailed(log: string): MatrixError {
  return new MatrixError({
    kind: 'harness-bug',
    code: 'host-failed',
    message: 'The process that owns the cells ended before it was ready',
    fix: `See ${log}`,
  });
}
