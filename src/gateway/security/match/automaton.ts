/**
 * Finds any number of sequences of symbols in one pass (Aho-Corasick). Symbols are numbers from 0, which no sequence has. The
 * state after a symbol is `next[state * width + symbol]`, from state 0 on.
 */
export interface Automaton {
  readonly width: number;
  readonly next: Uint16Array | Int32Array;
  /** The indexes of the sequences that end in a state. */
  readonly ends: readonly (readonly number[] | null)[];
}

export function automatonOf(sequences: readonly (readonly number[])[], width: number): Automaton {
  const { next, ends } = trieOf(sequences, width);
  link(next, ends, width);
  return {
    width,
    next: ends.length < 65_536 ? Uint16Array.from(next) : next,
    ends: ends.map((one) => (one.length === 0 ? null : one)),
  };
}

/** The next state by state and symbol, and what ends in a state. States are numbered breadth first: the busy ones lie together. */
function trieOf(sequences: readonly (readonly number[])[], width: number) {
  const size = sequences.reduce((sum, one) => sum + one.length, 1);
  const next = new Int32Array(size * width).fill(-1);
  const ends: number[][] = [[]];
  const reached = new Int32Array(sequences.length);
  const longest = Math.max(0, ...sequences.map((one) => one.length));
  for (let depth = 0; depth < longest; depth += 1) {
    for (const [index, sequence] of sequences.entries()) {
      if (depth >= sequence.length) continue;
      const edge = (reached[index] ?? 0) * width + (sequence[depth] ?? 0);
      if (next[edge] === -1) next[edge] = ends.push([]) - 1;
      const state = next[edge] ?? 0;
      reached[index] = state;
      if (depth === sequence.length - 1) ends[state]?.push(index);
    }
  }
  return { next: next.subarray(0, ends.length * width), ends };
}

/** Makes the trie one automaton: where a sequence does not go on, the longest end of what was read that begins another does. */
function link(next: Int32Array, ends: number[][], width: number): void {
  const fail = new Int32Array(ends.length);
  for (const [state, found] of ends.entries()) {
    const back = fail[state] ?? 0;
    found.push(...(ends[back] ?? []));
    for (let symbol = 0; symbol < width; symbol += 1) {
      const edge = state * width + symbol;
      const other = state === 0 ? 0 : (next[back * width + symbol] ?? 0);
      const child = next[edge] ?? -1;
      if (child === -1) next[edge] = other;
      else fail[child] = other;
    }
  }
}
