import type { Detector, Hit } from '../../detector.ts';
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
  const formed = withForms(detector, table);
  const levels = [certain, ...table.levels.filter(({ severity }) => severity !== 'High')];
  const signed = withForms(detector, { ...table, levels, forms: [...table.forms, ...signs] });
  return {
    ...signed,
    scan(text, context) {
      const hits = formed.scan(text, context);
      if (context.length > short)
        return hits.filter(({ rule, confidence }) => rule !== table.rule || confidence >= sure);
      const more = surest(hits) < certain.confidence ? signed.scan(text, context) : hits;
      return surest(more) > surest(hits) ? more : hits;
    },
  };
}

function surest(hits: readonly Hit[]): number {
  return Math.max(0, ...hits.map(({ confidence }) => confidence));
}
