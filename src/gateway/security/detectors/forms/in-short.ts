import type { Context, Detector, Hit } from '../../detector.ts';
import { type Form, type FormTable, withForms } from '../../match/forms.ts';
import type { Level } from '../../match/weighing.ts';

/** Characters: the longest text in which weak signs tell anything. A longer one says some of everything by chance. */
const short = 600;

/** Sums of forms and weak signs: many are needed to be certain. */
const certain: Level = { least: 4.5, severity: 'High', confidence: 0.8 };
const certainInLong: Level = { ...certain, least: 5.5 };

/**
 * A detector with the forms of a table, and in short texts with weak signs as well. `inLong` = what sums mean in long texts;
 * absent = little.
 */
export function withFormsAndSigns<D extends Detector>(
  detector: D,
  table: FormTable,
  signs: readonly Form[],
  inLong: readonly Level[] = levelsInLong(table.levels),
): D {
  const { levels, forms } = table;
  const silent: Detector = { ...detector, scan: () => [] };
  const long = withForms(silent, { ...table, levels: inLong });
  const inShort = withForms(silent, table);
  const weak = levels.filter(({ severity }) => severity !== 'High');
  const signed = withForms(silent, { ...table, levels: [certain, ...weak], forms: [...forms, ...signs] });
  const formsIn = (text: string, context: Context): readonly Hit[] => {
    if (context.length > short) return long.scan(text, context);
    // No sign at all, so no form either: each of them is among the signs.
    const more = signed.scan(text, context);
    const sole = surest(more) === 0 || surest(more) >= certain.confidence ? [] : inShort.scan(text, context);
    return surest(sole) > surest(more) ? sole : more;
  };
  const { mayHold = () => true } = signed;
  return {
    ...detector,
    mayHold,
    scan(text, context) {
      const hits = detector.scan(text, context);
      const known = surest(hits.filter(({ type }) => type === table.type));
      if (known >= certain.confidence) return hits;
      const further = formsIn(text, context);
      return surest(further) > known ? [...hits, ...further] : hits;
    },
  };
}

/** Chance puts several forms into a long text: more of them are needed to be certain, and the weaker ones do not count. */
function levelsInLong(levels: readonly Level[]): readonly Level[] {
  const strong = levels.filter(({ severity }) => severity === 'High');
  return [certainInLong, ...strong.map((level) => ({ ...level, severity: 'Medium' as const, confidence: 0.65 }))];
}

function surest(hits: readonly Hit[]): number {
  return Math.max(0, ...hits.map(({ confidence }) => confidence));
}
