import type { Detector, Hit } from '../detector.ts';
import type { KnownWord } from './known-words.ts';
import { bitsOf, type ClassBits, isEverywhere, isWordClass, noClass, type WordClass } from './lexicon.ts';
import { isOnlyMentioned } from './mention.ts';
import { heaviest, hitsOf, type Level, levelOf, type Scale, type Weighed, weightOf } from './weighing.ts';

/**
 * A form of words. `reveal 5!not your 3 order !topic` reads: a word of class `reveal`; after at most 5 words, none of them of
 * class `not`, one of class `your`; after at most 3 words one of class `order`, which no word of class `topic` follows. `a|b` is a
 * word of either class, a number left out is 0. All of it stands in one sentence, and no negation before it.
 */
export interface Form {
  readonly id: string;
  /** What it adds to the sum that the table judges by. */
  readonly weight: number;
  readonly reads: readonly string[];
}

export interface FormTable extends Scale {
  readonly rule: string;
  readonly forms: readonly Form[];
}

/** What forms are sure of. */
export const formLevels: readonly Level[] = [
  { least: 4, severity: 'High', confidence: 0.85 },
  { least: 3, severity: 'High', confidence: 0.8 },
  { least: 2, severity: 'Medium', confidence: 0.6 },
];

/** The detector, and the forms of a table where it found nothing that is certain of the same kind. */
export function withForms<D extends Detector>(detector: D, table: FormTable): D {
  const possible = formFinder(table.forms.map((form) => ({ ...form, readings: form.reads.map(compile) })));
  return {
    ...detector,
    mayHold: (classes) => mayCount(table, possible(classes)),
    scan(text, context) {
      const hits = detector.scan(text, context);
      const held = possible(context.classes);
      if (!mayCount(table, held)) return hits;
      const isKnown = hits.some(({ type, confidence }) => type === table.type && confidence >= certain);
      return isKnown ? hits : [...hits, ...weigh(table, held, { text, words: context.words() })];
    },
  };
}

const certain = 0.8;

interface CompiledForm {
  readonly id: string;
  readonly weight: number;
  readonly readings: readonly Reading[];
}

interface Step {
  readonly bits: ClassBits;
  /** Words that may stand before it, and what none of them may be. */
  readonly gap: number;
  readonly without: ClassBits;
}

interface Reading {
  readonly steps: readonly Step[];
  /** What a text must have words of; what most texts have comes last. */
  readonly needs: readonly ClassBits[];
  /** What the next word may not be. */
  readonly notBefore: ClassBits;
}

/** Tells the forms that a text with words of some classes may hold. Readings that need the same first are passed over together. */
function formFinder(forms: readonly CompiledForm[]): (classes: ClassBits) => readonly CompiledForm[] {
  const all = forms.flatMap((form) => form.readings.map(({ needs }) => ({ form, needs })));
  const byFirst = Map.groupBy(all, ({ needs: [first = noClass] }) => `${first.low} ${first.middle} ${first.high}`);
  const groups = [...byFirst.values()].map((readings) => ({ first: readings[0]?.needs[0] ?? noClass, readings }));
  return (classes) => {
    const held = new Set<CompiledForm>();
    for (const { first, readings } of groups) {
      if (!meets(first, classes)) continue;
      for (const { form, needs } of readings) if (needs.every((bits) => meets(bits, classes))) held.add(form);
    }
    return held.size === 0 ? [] : forms.filter((form) => held.has(form));
  };
}

function mayCount(scale: Scale, forms: readonly CompiledForm[]): boolean {
  return levelOf(scale, weightOf(forms)) !== undefined;
}

function weigh(
  table: FormTable,
  forms: readonly CompiledForm[],
  { text, words }: { readonly text: string; readonly words: readonly KnownWord[] },
): readonly Hit[] {
  const seen = forms.flatMap(({ id, weight, readings }): readonly Weighed[] => {
    for (const reading of readings) {
      const span = find(reading, words, text);
      if (span !== null) return [{ id, weight, ...span }];
    }
    return [];
  });
  return hitsOf(table.rule, table, heaviest(seen));
}

const negation = bitsOf(['not']);
/** A negation so many words before a form undoes it. */
const negationReach = 3;

function compile(reads: string): Reading {
  const steps: (Step & { readonly names: readonly WordClass[] })[] = [];
  let [gap, without, notBefore] = [0, noClass, noClass];
  for (const part of reads.split(' ')) {
    const counted = /^(\d+)(?:!(.+))?$/.exec(part);
    if (counted !== null) {
      gap = Number(counted[1]);
      without = counted[2] === undefined ? noClass : classesOf(counted[2], reads);
    } else if (part.startsWith('!')) notBefore = classesOf(part.slice(1), reads);
    else {
      steps.push({ names: namesOf(part, reads), bits: classesOf(part, reads), gap, without });
      [gap, without] = [0, noClass];
    }
  }
  const isCommon = ({ names }: { readonly names: readonly WordClass[] }) => Number(names.some(isEverywhere));
  return { steps, needs: steps.toSorted((a, b) => isCommon(a) - isCommon(b)).map(({ bits }) => bits), notBefore };
}

function classesOf(part: string, reads: string): ClassBits {
  return bitsOf(namesOf(part, reads));
}

function namesOf(part: string, reads: string): readonly WordClass[] {
  const wanted: readonly string[] = part.split('|');
  const wrong = wanted.find((name) => !isWordClass(name));
  if (wrong !== undefined) throw new Error(`Form "${reads}" names class ${wrong}, expected one of the lexicon`);
  return wanted as readonly WordClass[];
}

function find(
  { steps, notBefore }: Reading,
  words: readonly KnownWord[],
  text: string,
): Pick<Hit, 'start' | 'end'> | null {
  const first = steps[0]?.bits ?? noClass;
  for (const [at, word] of words.entries()) {
    if (!meets(word.bits, first)) continue;
    const last = follow(steps, 1, at, words, notBefore);
    if (last === null || isNegated(words, at)) continue;
    if (!isOnlyMentioned(text, word.start, last.end)) return { start: word.start, end: last.end };
  }
  return null;
}

/** The last word of the form, if it stands there. The nearest word that fits is not always the right one: the next are tried too. */
function follow(
  steps: readonly Step[],
  step: number,
  at: number,
  words: readonly KnownWord[],
  notBefore: ClassBits,
): KnownWord | null {
  const [wanted, word] = [steps[step], words[at]];
  if (word === undefined) return null;
  if (wanted === undefined) return isBarred(word, words[at + 1], notBefore) ? null : word;
  for (const other of following(words, at, wanted.gap)) {
    const last = meets(words[other]?.bits ?? noClass, wanted.bits)
      ? follow(steps, step + 1, other, words, notBefore)
      : null;
    if (last !== null) return last;
    if (meets(words[other]?.bits ?? noClass, wanted.without)) return null;
  }
  return null;
}

function isBarred(word: KnownWord, after: KnownWord | undefined, notBefore: ClassBits): boolean {
  return after !== undefined && within(word, after, 0) && meets(after.bits, notBefore);
}

/** Indexes of the words that follow with at most so many between, in the same sentence. */
function* following(words: readonly KnownWord[], at: number, gap: number): Generator<number> {
  const word = words[at];
  for (let next = at + 1; word !== undefined; next += 1) {
    const other = words[next];
    if (other === undefined || !within(word, other, gap)) return;
    yield next;
  }
}

function isNegated(words: readonly KnownWord[], at: number): boolean {
  const word = words[at];
  for (let before = at - 1; before >= 0 && word !== undefined; before -= 1) {
    const other = words[before];
    if (other === undefined || !within(other, word, negationReach - 1)) return false;
    if (meets(other.bits, negation)) return true;
  }
  return false;
}

/** Whether at most so many words stand between them, in one sentence. */
function within(one: KnownWord, later: KnownWord, gap: number): boolean {
  return later.sentence === one.sentence && later.place <= one.place + 1 + gap;
}

function meets(one: ClassBits, other: ClassBits): boolean {
  return ((one.low & other.low) | (one.middle & other.middle) | (one.high & other.high)) !== 0;
}
