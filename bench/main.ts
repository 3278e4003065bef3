import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireKnown } from '../matrix/names.ts';
import type { BackendKind } from '../src/cell/contract.ts';
import { exitCode, MatrixError } from '../src/shared/errors.ts';
import { benchCells } from './cells.ts';
import { benchGateway } from './gateway.ts';
import { benchGrowth } from './growth/index.ts';
import { benchGuard } from './guard/index.ts';
import { benchSteps } from './steps.ts';

const backends = ['sqlite', 'postgres', 'mongo'] as const satisfies readonly BackendKind[];

/** `npm run bench [-- name…] [--backend kind]`: every figure is a ratio against a named peer measured in the same run. */
const benches: Readonly<Record<string, (root: string, kinds: readonly BackendKind[]) => Promise<void>>> = {
  steps: benchSteps,
  cells: benchCells,
  gateway: (root) => benchGateway(root, 8),
  guard: benchGuard,
  growth: benchGrowth,
};

/** Runs only when asked for: it takes minutes to fill three databases. */
const unasked = 'growth';

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { backend: { type: 'string', multiple: true, default: [] } },
  });
  requireKnown('benchmark', positionals, Object.keys(benches));
  requireKnown('backend', values.backend, backends);
  const names = positionals.length > 0 ? positionals : Object.keys(benches).filter((name) => name !== unasked);
  const kinds = backends.filter((kind) => values.backend.length === 0 || values.backend.includes(kind));
  for (const name of names) await benches[name]?.(join(import.meta.dirname, '..'), kinds);
} catch (error) {
  console.error(error instanceof MatrixError ? error.describe() : error);
  process.exitCode = exitCode.cannotRun;
}
