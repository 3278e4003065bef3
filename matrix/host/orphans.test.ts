import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/shared/clock.ts';
import { poll } from '../../src/shared/poll.ts';
import { childEnv } from '../env.ts';
import type { HostState } from './state.ts';

const root = process.cwd();
let folder: string;
let runId: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orphans-'));
  runId = folder.slice(tmpdir().length + 1).toLowerCase();
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts a cell in a process of its own, as `npx jest` or `matrix run` would. */
function holdCell(name = 'first', stderr: 'inherit' | 'pipe' = 'inherit'): ChildProcess {
  return spawn(process.execPath, [join(root, 'matrix/host/testing/hold-cell.ts'), root, join(folder, name)], {
    env: childEnv({ MATRIX_RUN_ID: `${runId}-${name}`, MATRIX_HOST: null }),
    stdio: ['pipe', 'pipe', stderr],
  });
}

async function ready(child: ChildProcess): Promise<HostState> {
  if (child.stdout === null) throw new Error('No stdout');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return JSON.parse(String(line));
}

/** Whether it became true in time: disposing waits for gateways to flush. */
async function eventually(holds: () => boolean): Promise<boolean> {
  const options = { budgetMs: 20_000, clock: systemClock, attempt: async () => holds(), stop: (held: boolean) => held };
  return (await poll(options)).last;
}

const runFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`gateway-matrix-${runId}`));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('what a run started', () => {
  test('is gone after its parent was killed', async () => {
    child = holdCell();
    const state = await ready(child);
    const gateway = state.cells.sqlite?.gateways.plain;
    if (gateway === undefined || 'unavailable' in gateway) throw new Error('The cell did not start');
    expect(await answers(`${gateway.baseUrl}/health`)).toBe(true);
    child.kill('SIGKILL');
    expect(await eventually(() => !isAlive(state.pid) && runFolders().length === 0)).toBe(true);
    expect(await answers(`${gateway.baseUrl}/health`)).toBe(false);
    const next = holdCell('next');
    await ready(next);
    expect(readdirSync(join(root, '.matrix/runs')).some((name) => name.includes(`.${child?.pid}.`))).toBe(false);
    next.kill('SIGKILL');
    expect(await eventually(() => runFolders().length === 0)).toBe(true);
  }, 60_000);

  test('is gone after Ctrl-C in the middle of the start', async () => {
    child = holdCell('first', 'pipe');
    const ended = once(child, 'exit');
    const said = child.stderr === null ? '' : text(child.stderr);
    expect(await eventually(() => runFolders().length > 0)).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(await said).toContain('Interrupted: disposing the cells');
    expect(runFolders()).toEqual([]);
  }, 60_000);
});
