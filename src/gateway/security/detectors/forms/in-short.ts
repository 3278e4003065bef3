import type { Context, Detector, Hit } from '../../detector.ts';
import { type Form, type FormTable, withForms } from '../../match/forms.ts';
import type { Level } from '../../match/weighing.ts';

/** Characters: the longest text in which weak signs tell anything. A longer one says some of everything by chance. */
const short = 600;

/** Sums of forms and weak signs: many are needed to be certain. */
const certain: Level = { least: 4.5, severity: 'High', confidence: 0.8 };

/** A detector with the forms of a table; in short texts with weak signs as well, in long ones without hits that are not `sure`. */
export function withFormsAndSigns<D extends Detector>(
  detector: D,
  table: FormTable,
  signs: readonly Form[],
  sure = 0.7,
): D {
  const { levels, forms } = table;
  const silent: Detector = { ...detector, scan: () => [] };
  const inLong = withForms(silent, { ...table, levels: levels.filter(({ confidence }) => confidence >= sure) });
  const inShort = withForms(silent, table);
  const weak = levels.filter(({ severity }) => severity !== 'High');
  const signed = withForms(silent, { ...table, levels: [certain, ...weak], forms: [...forms, ...signs] });
  const formsIn = (text: string, context: Context): readonly Hit[] => {
    if (context.length > short) return inLong.scan(text, context);
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

function surest(hits: readonly Hit[]): number {
  return Math.max(0, ...hits.map(({ confidence }) => confidence));
}
