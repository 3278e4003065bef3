import type { Detector, Hit } from '../detector.ts';
import type { Needs, WordList } from './anchors.ts';
import { type KnownWord, type KnownWords, knownWordsOf } from './known-words.ts';
import { anchorsOf, bitsOf, type ClassBits, isWordClass, noClass, type WordClass, wordsOfClasses } from './lexicon.ts';
import { isOnlyMentioned } from './mention.ts';
import { requestKinds } from './rules.ts';
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
  const compiled = compileTable(table);
  const needs = compiled.forms.flatMap(({ reads }) => reads.map((reading) => reading.needs));
  return {
    ...detector,
    wants: [...(detector.wants ?? []), ...needs],
    scan(text, context) {
      const hits = detector.scan(text, context);
      if (!requestKinds.includes(context.kind) || !mayCount(compiled, context.met)) return hits;
      const isKnown = hits.some(({ type, confidence }) => type === table.type && confidence >= certain);
      return isKnown ? hits : [...hits, ...weigh(compiled, knownWordsOf(text), context.met)];
    },
  };
}

const certain = 0.8;

/** Whether the forms that may stand in the text would together reach a level. */
function mayCount({ table, forms }: CompiledTable, met: ReadonlySet<Needs>): boolean {
  const possible = forms.filter(({ reads }) => reads.some((reading) => met.has(reading.needs)));
  return levelOf(table, weightOf(possible.map(({ form }) => form))) !== undefined;
}

interface CompiledTable {
  readonly table: FormTable;
  readonly forms: readonly { readonly form: Form; readonly reads: readonly Reading[] }[];
}

interface Step {
  readonly bits: ClassBits;
  /** Words that may stand before it, and what none of them may be. */
  readonly gap: number;
  readonly without: ClassBits;
}

interface Reading {
  readonly needs: Needs;
  readonly steps: readonly Step[];
  /** What the next word may not be. */
  readonly notBefore: ClassBits;
}

function compileTable(table: FormTable): CompiledTable {
  const lists = new Map<string, WordList>();
  return {
    table,
    forms: table.forms.map((form) => ({ form, reads: form.reads.map((reads) => compile(reads, lists)) })),
  };
}

function weigh({ table, forms }: CompiledTable, words: KnownWords, met: ReadonlySet<Needs>): readonly Hit[] {
  const seen = forms.flatMap(({ form: { id, weight }, reads }): readonly Weighed[] => {
    for (const reading of reads) {
      const span = met.has(reading.needs) ? find(reading, words) : null;
      if (span !== null) return [{ id, weight, ...span }];
    }
    return [];
  });
  return hitsOf(table.rule, table, heaviest(seen));
}

const negation = bitsOf(['not']);
/** A negation so many words before a form undoes it. */
const negationReach = 3;

/** Lists are shared, by what they hold, so that each is looked for once. */
function compile(reads: string, lists: Map<string, WordList>): Reading {
  const steps: Step[] = [];
  const names: (readonly WordClass[])[] = [];
  let [gap, without, notBefore] = [0, noClass, noClass];
  for (const part of reads.split(' ')) {
    const counted = /^(\d+)(?:!(.+))?$/.exec(part);
    if (counted !== null) {
      gap = Number(counted[1]);
      without = counted[2] === undefined ? noClass : classesOf(counted[2], reads);
    } else if (part.startsWith('!')) notBefore = classesOf(part.slice(1), reads);
    else {
      names.push(namesOf(part, reads));
      steps.push({ bits: classesOf(part, reads), gap, without });
      [gap, without] = [0, noClass];
    }
  }
  return { needs: needsOf(names, reads, lists), steps, notBefore };
}

function needsOf(names: readonly (readonly WordClass[])[], reads: string, lists: Map<string, WordList>): Needs {
  const anchors = anchorsOf(names);
  if (anchors.length === 0) throw new Error(`Form "${reads}" has only words of every text, expected one to look for`);
  return anchors.map((anchor) => {
    const list = lists.get(anchor) ?? wordsOfClasses(anchor);
    lists.set(anchor, list);
    return list;
  });
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

function find({ steps, notBefore }: Reading, { text, words, all }: KnownWords): Pick<Hit, 'start' | 'end'> | null {
  if (steps.some(({ bits }) => !meets(bits, all))) return null;
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
