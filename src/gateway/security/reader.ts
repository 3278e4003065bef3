import type { SurfaceKind } from './contract.ts';
import type { Detector, Hit } from './detector.ts';
import { createNeedsFinder, type Needs } from './match/anchors.ts';
import { classesIn, type KnownWord, knownWordsOf } from './match/known-words.ts';
import { type ClassBits, noClass } from './match/lexicon.ts';
import type { View } from './text/views.ts';

/** Where a chunk comes from. */
export interface Source {
  readonly kind: SurfaceKind;
  readonly tools: boolean;
  readonly location: string;
  /** Length of the whole text and where the chunk begins in it. */
  readonly length: number;
  readonly start: number;
}

/** What a detector saw, and in which reading of the text. */
export interface Seen {
  readonly hit: Hit;
  readonly detector: Detector;
  readonly view: View;
}

/** Asks those of the detectors that want a text. */
export function createReader(detectors: readonly Detector[]) {
  const find = createNeedsFinder(detectors.flatMap((detector) => detector.wants ?? []));
  const classesOf = detectors.some(({ mayHold }) => mayHold !== undefined) ? classesIn : () => noClass;
  const wakes = wakersOf(detectors);
  return (view: View, asleep: Detector['on'], { kind, tools, length }: Source): readonly Seen[] => {
    const [met, classes] = [find(view.text), classesOf(view.text)];
    let known: readonly KnownWord[] | undefined;
    const words = () => {
      known ??= knownWordsOf(view.text);
      return known;
    };
    const context = { kind, tools, length, met, classes, words };
    return wakes(met, classes).flatMap((detector) => {
      if (detector.on === asleep) return [];
      return detector.scan(view.text, context).map((hit) => ({ hit, detector, view }));
    });
  };
}

/** The detectors that want a text, in their order. */
function wakersOf(
  detectors: readonly Detector[],
): (met: ReadonlySet<Needs>, classes: ClassBits) => readonly Detector[] {
  const always = detectors.filter(({ wants, mayHold }) => wants === undefined && mayHold === undefined);
  const ownerOf = new Map(detectors.flatMap((detector) => (detector.wants ?? []).map((need) => [need, detector])));
  return (met, classes) => {
    const awake = new Set(always);
    for (const need of met) {
      const owner = ownerOf.get(need);
      if (owner !== undefined) awake.add(owner);
    }
    return detectors.filter((detector) => awake.has(detector) || detector.mayHold?.(classes));
  };
}
