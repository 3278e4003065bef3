import type { Detector } from '../detector.ts';
import { isOnlyMentioned, isSetAside } from './mention.ts';
import type { Phrase } from './phrase.ts';
import { mayMatch } from './rules.ts';
import { heaviest, hitsOf, levelOf, type Scale, type Weighed, weightOf, windowLength } from './weighing.ts';

/** A sign that says little alone. */
export interface Signal {
  readonly id: string;
  readonly weight: number;
  readonly phrases: readonly Phrase[];
}

export interface SignalTable extends Scale {
  readonly signals: readonly Signal[];
  /** One of these must be among the signs. Absent = any will do. */
  readonly needed?: readonly string[];
  /** The signs describe somebody, whom the model is to be. */
  readonly describes?: true;
}

/** A detector that weighs signs, each counted once, however often it occurs. */
export function signalDetector(name: string, table: SignalTable): Detector & { readonly signals: readonly Signal[] } {
  const { signals } = table;
  const isAside = table.describes ? isSetAside : isOnlyMentioned;
  return {
    name,
    signals,
    side: 'request',
    on: 'both',
    wants: signals.flatMap((signal) => signal.phrases.map((phrase) => phrase.needs)),
    scan(text, context) {
      const seen = signals.flatMap((signal): readonly Seen[] => {
        for (const phrase of signal.phrases) {
          const match = mayMatch(phrase, context) ? phrase.pattern.exec(text) : null;
          if (match === null) continue;
          const [start, end] = [match.index, match.index + match[0].length];
          if (!isAside(text, start, end)) return [{ id: signal.id, weight: signal.weight, signal, start, end }];
        }
        return [];
      });
      if (!mayCount(table, seen)) return [];
      const close = text.length <= windowLength ? seen : heaviest(allPlaces(text, seen, isAside));
      return mayCount(table, close) ? hitsOf(name, table, close) : [];
    },
  };
}

interface Seen extends Weighed {
  readonly signal: Signal;
}

const mostPlaces = 12;

/** One sign alone says nothing, whatever it weighs. */
function mayCount(table: SignalTable, seen: readonly Weighed[]): boolean {
  const { needed } = table;
  const hasNeeded = needed === undefined || seen.some(({ id }) => needed.includes(id));
  return seen.length >= 2 && hasNeeded && levelOf(table, weightOf(seen)) !== undefined;
}

function allPlaces(text: string, seen: readonly Seen[], isAside: typeof isSetAside): readonly Weighed[] {
  const places = seen.flatMap(({ signal }) =>
    signal.phrases.flatMap((phrase) => placesOf(text, signal, phrase, isAside)),
  );
  return places.toSorted((a, b) => a.start - b.start);
}

function placesOf(
  text: string,
  { id, weight }: Signal,
  { pattern }: Phrase,
  isAside: typeof isSetAside,
): readonly Weighed[] {
  const search = new RegExp(pattern.source, `${pattern.flags}g`);
  const places: Weighed[] = [];
  for (let match = search.exec(text); match !== null && places.length < mostPlaces; match = search.exec(text)) {
    const [start, end] = [match.index, match.index + match[0].length];
    search.lastIndex = Math.max(end, start + 1);
    if (!isAside(text, start, end)) places.push({ id, weight, start, end });
  }
  return places;
}
