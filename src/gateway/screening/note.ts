import type { Decision, ScanResult } from '../security/contract.ts';
import { decide } from '../security/decide.ts';
import type { ScreeningDeps } from './contract.ts';
import type { Look, Screened } from './screened.ts';

/** Adds a look to what is known of an exchange, decided by its policy unless it was decided elsewhere. */
export function note(
  screened: Screened,
  side: Look['side'],
  result: ScanResult,
  { metrics }: ScreeningDeps,
  decided?: Decision,
): Decision {
  const decision = decided ?? decide(screened.policy, result);
  if (screened.looks.length === 0) metrics.active.add();
  screened.looks.push({ side, result, decision });
  for (const reason of result.incomplete) metrics.incomplete.inc({ reason });
  return decision;
}

/** Runs a scan under the clock of its side. */
export async function timed(side: 'request' | 'reply', { metrics }: ScreeningDeps, scan: () => Promise<ScanResult>) {
  const started = performance.now();
  const result = await scan();
  metrics.scans[side].observe((performance.now() - started) / 1000);
  return result;
}
