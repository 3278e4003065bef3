import { afterAll, describe } from '@jest/globals';
import { aliases } from './aliases.ts';
import { atomic } from './atomic.ts';
import { batches } from './batches.ts';
import { budgetSettings, budgets } from './budgets.ts';
import { cache } from './cache.ts';
import { concurrent } from './concurrent.ts';
import { connections } from './connections.ts';
import { deep } from './deep.ts';
import { guardrails } from './guardrails.ts';
import { hours } from './hours.ts';
import { keys } from './keys.ts';
import { lifecycle } from './lifecycle.ts';
import { order } from './order.ts';
import { overrides } from './overrides.ts';
import { replicas } from './replicas.ts';
import { responses } from './responses.ts';
import { retention } from './retention.ts';
import { search } from './search.ts';
import { spend } from './spend.ts';
import type { Factory, Kind, Target } from './target.ts';
import { conformanceSkipped, conformanceTarget } from './targets/index.ts';
import { totals } from './totals.ts';
import { traces } from './traces.ts';
import { upgrade } from './upgrade.ts';
import { usage } from './usage.ts';
import { values } from './values.ts';
import { workflows } from './workflows.ts';

/** Proves on one kind of store what `ports/` promises. The same tests run, unchanged, on every kind. */
export function conformance(kind: Kind): void {
  let target: Target | undefined;
  const own = (): Target => {
    target ??= conformanceTarget(kind);
    return target;
  };
  const open: Factory = (name, options) => own().open(name, options);
  const skipped = conformanceSkipped(kind);
  const declare = skipped === null ? describe : describe.skip;
  declare(skipped === null ? `${kind} storage` : `${kind} storage [${skipped}]`, () => {
    for (const level of levels) {
      level(open);
    }
    hours(open, (name) => own().tallies(name));
    connections(kind, open, () => own().settings());
    upgrade(
      open,
      (name) => own().restoreFirstSchema(name),
      (name) => own().widen(name),
      (name) => own().interrupt(name),
    );
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });
  });
}

const levels: readonly ((open: Factory) => void)[] = [
  values,
  aliases,
  batches,
  keys,
  workflows,
  guardrails,
  overrides,
  budgets,
  budgetSettings,
  responses,
  cache,
  search,
  order,
  deep,
  usage,
  spend,
  totals,
  atomic,
  concurrent,
  retention,
  traces,
  lifecycle,
  replicas,
];
