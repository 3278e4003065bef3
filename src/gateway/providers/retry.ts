import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds; spec/gateway.md 2.12. */
export interface RetryPolicy {
  readonly retries: number;
  readonly initial: number;
  readonly limit: number;
  readonly factor: number;
  readonly jitter: number;
}

/** Exponential backoff before the next attempt, spread by the jitter factor to both sides; over at once when `closing` is aborted. */
export async function retryDelay(policy: RetryPolicy, failures: number, closing: AbortSignal): Promise<void> {
  const plain = Math.min(policy.initial * policy.factor ** failures, policy.limit);
  const spread = 1 + policy.jitter * (Math.random() * 2 - 1);
  await wait(plain * spread, undefined, { signal: closing }).catch(() => undefined);
}
