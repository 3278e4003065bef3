/** Symbols are numbers below this, so that what follows a state fills one line of a processor's cache: that decides how fast a text is read. */
export const symbols = 32;

/**
 * Finds any number of sequences of symbols in one pass (Aho-Corasick). Symbol 0 is for what no sequence has. What follows state
 * `s`, 0 at first, by a symbol: `next[s * symbols + symbol]`, which is twice the next state, and one more where sequences end.
 */
export interface Automaton {
  readonly next: Uint16Array | Int32Array;
  /** The indexes of the sequences that end in a state. */
  readonly ends: readonly (readonly number[])[];
}

export function automatonOf(sequences: readonly (readonly number[])[]): Automaton {
  const { next, ends } = trieOf(sequences);
  link(next, ends);
  const marked = next.map((state) => state * 2 + ((ends[state]?.length ?? 0) > 0 ? 1 : 0));
  return { next: ends.length < 32_768 ? Uint16Array.from(marked) : marked, ends };
}

/** The next state by state and symbol, and what ends in a state. States are numbered breadth first: the busy ones lie together. */
function trieOf(sequences: readonly (readonly number[])[]) {
  const size = sequences.reduce((sum, one) => sum + one.length, 1);
  const next = new Int32Array(size * symbols).fill(-1);
  const ends: number[][] = [[]];
  const reached = new Int32Array(sequences.length);
  const longest = Math.max(0, ...sequences.map((one) => one.length));
  for (let depth = 0; depth < longest; depth += 1) {
    for (const [index, sequence] of sequences.entries()) {
      if (depth >= sequence.length) continue;
      const edge = (reached[index] ?? 0) * symbols + (sequence[depth] ?? 0);
      if (next[edge] === -1) next[edge] = ends.push([]) - 1;
      const state = next[edge] ?? 0;
      reached[index] = state;
      if (depth === sequence.length - 1) ends[state]?.push(index);
    }
  }
  return { next: next.subarray(0, ends.length * symbols), ends };
}

/** Makes the trie one automaton: where a sequence does not go on, the longest end of what was read that begins another does. */
function link(next: Int32Array, ends: number[][]): void {
  const fail = new Int32Array(ends.length);
  for (const [state, found] of ends.entries()) {
    const back = fail[state] ?? 0;
    found.push(...(ends[back] ?? []));
    for (let symbol = 0; symbol < symbols; symbol += 1) {
      const edge = state * symbols + symbol;
      const other = state === 0 ? 0 : (next[back * symbols + symbol] ?? 0);
      const child = next[edge] ?? -1;
      if (child === -1) next[edge] = other;
      else fail[child] = other;
    }
  }
}
