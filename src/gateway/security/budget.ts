import { setImmediate } from 'node:timers/promises';

/** How much longer a scan may compute. Time that others take in between does not count. */
export interface Budget {
  isSpent(): boolean;
  /** Runs one piece of work; lets others have a turn before it when much was done since the last turn. */
  run(size: number, work: () => void): Promise<void>;
}

/** Milliseconds that this thread has computed: on a busy machine less than a clock shows, and no text is given up for that. */
export function computed(): number {
  // Node 22 knows the process as a whole only.
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

/** Characters after which others get a turn: about 2 ms. */
const turn = 16_384;
/** The first so many are over sooner than a clock is worth: reading it takes a tenth of the time of a short text. */
const untimed = 2048;

export function createBudget(milliseconds: number, now: () => number): Budget {
  let used = 0;
  let since = 0;
  let read = 0;
  return {
    isSpent: () => used >= milliseconds,
    async run(size, work) {
      if (since > 0 && since + size > turn) {
        await setImmediate();
        since = 0;
      }
      since += size;
      read += size;
      if (read <= untimed) return work();
      const begun = now();
      work();
      used += now() - begun;
    },
  };
}
