import type { Finding } from './contract.ts';
import type { Decoded, Decoder } from './decode/decoder.ts';
import { type Detector, type Hit, sideOf } from './detector.ts';
import { findingTypes } from './finding-types.ts';
import { createReader, type Seen, type Source } from './reader.ts';
import { evidenceOf } from './text/evidence.ts';
import { type Survey, surveyOf } from './text/survey.ts';
import { viewsOf } from './text/views.ts';

export interface TextScanner {
  /** Synchronous, linear in the text; the caller cuts texts into chunks. */
  scan(text: string, source: Source): readonly Finding[];
}

/** Codes in codes are opened so many times (spec/attacks.md 7.9, 8). */
const deepest = 3;

export function createTextScanner(detectors: readonly Detector[], decoders: readonly Decoder[]): TextScanner {
  const readers = {
    request: createReader(detectors.filter(({ side }) => side !== 'reply')),
    reply: createReader(detectors.filter(({ side }) => side !== 'request')),
  };

  const plain = (text: string, survey: Survey, asleep: Detector['on'], source: Source): readonly Seen[] => {
    const seen = new Map<string, Seen>();
    for (const view of viewsOf(text, survey)) {
      for (const one of readers[sideOf(source.kind)](view, asleep, source))
        if (!seen.has(one.hit.rule)) seen.set(one.hit.rule, one);
    }
    return [...seen.values()];
  };

  /** What is found in codes and was not to be seen without opening them. */
  const coded = (
    text: string,
    survey: Survey,
    source: Source,
    known: ReadonlySet<string>,
    depth: number,
  ): readonly Opened[] => {
    const worthwhile = decoders.filter((decoder) => decoder.isWorthwhile(survey));
    return worthwhile.flatMap((decoder) =>
      decoder.decode(text).flatMap((decoded) => {
        const name = decoded.name ?? decoder.name;
        const inside = surveyOf(decoded.text);
        const within = { ...source, start: 0, length: decoded.text.length };
        const fresh = plain(decoded.text, inside, 'plain', within).find(({ hit, view }) => {
          return isTelling(hit) && !known.has(hit.rule) && !holds(text, view.text.slice(hit.start, hit.end));
        });
        if (fresh !== undefined) return [{ decoded, hit: fresh.hit, text: fresh.view.text, chain: [name] }];
        const deeper = depth < deepest ? coded(decoded.text, inside, source, known, depth + 1) : [];
        return deeper.slice(0, 1).map((one) => ({ ...one, decoded, chain: [name, ...one.chain] }));
      }),
    );
  };

  return {
    scan(text, source) {
      const survey = surveyOf(text);
      const seen = plain(text, survey, 'decoded', source);
      const known = new Set(seen.map(({ hit }) => hit.rule));
      return [
        ...seen.map((one) => plainFinding(one, source)),
        ...seen.flatMap((one) => disguise(one, text, source)),
        ...coded(text, survey, source, known, 1).map((one) => codedFinding(one, source)),
      ];
    },
  };
}

interface Opened {
  readonly decoded: Decoded;
  readonly hit: Hit;
  readonly text: string;
  readonly chain: readonly string[];
}

function holds(text: string, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase());
}

function isTelling({ type }: Hit): boolean {
  return findingTypes[type].class === 'attack';
}

function plainFinding({ hit, detector, view }: Seen, source: Source): Finding {
  const span = { start: view.origin(hit.start), end: view.origin(hit.end) };
  const metadata = {
    ...hit.metadata,
    ...(view.name === 'raw' ? {} : { view: view.name }),
    evidence: hit.masked ?? evidenceOf(view.text.slice(hit.start, hit.end)),
  };
  return finding(hit, detector.name, span, metadata, source);
}

/** Letters that an honest text in a Latin script has no use for. */
const disguising =
  /\u00ad|[\u0300-\u036f]|[^\0-\u024f\u1e00-\u1eff\u2000-\u200a\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2100-\u214f\u3000]/u;

/** Words that only normalising made readable were hidden on purpose. */
function disguise({ hit, view }: Seen, text: string, source: Source): readonly Finding[] {
  if (view.name !== 'normalised' || !isTelling(hit) || hit.type === 'encoding_attack') return [];
  const span = { start: view.origin(hit.start), end: view.origin(hit.end) };
  if (!disguising.test(text.slice(span.start, span.end).normalize('NFC'))) return [];
  const disguised = encodingHit('disguised-letters', 'Instructions are written in look-alike or invisible characters');
  const evidence = evidenceOf(view.text.slice(hit.start, hit.end));
  return [finding(disguised, 'encoded', span, { encoding: 'unicode', inner_type: hit.type, evidence }, source)];
}

function codedFinding({ decoded, hit, text, chain }: Opened, source: Source): Finding {
  const encoding = chain.join('+');
  const coded = encodingHit(`encoded-${encoding}`, `Instructions are hidden by ${encoding}`);
  const evidence = evidenceOf(text.slice(hit.start, hit.end));
  const confidence = Math.min(0.9, hit.confidence);
  const severity = hit.confidence >= 0.7 ? 'High' : 'Medium';
  return finding(
    { ...coded, severity, confidence },
    'encoded',
    decoded,
    { encoding, inner_type: hit.type, evidence },
    source,
  );
}

function encodingHit(rule: string, description: string): Omit<Hit, 'start' | 'end'> {
  return { rule, type: 'encoding_attack', severity: 'High', confidence: 0.9, description };
}

function finding(
  hit: Omit<Hit, 'start' | 'end'>,
  detector: string,
  span: { readonly start: number; readonly end: number },
  metadata: Readonly<Record<string, string>>,
  source: Source,
): Finding {
  const place = `${source.start + span.start}-${source.start + span.end}`;
  return {
    type: hit.type,
    severity: hit.severity,
    confidence: hit.confidence,
    description: hit.description,
    location: source.location,
    detector,
    metadata: { rule: hit.rule, ...metadata, span: place },
    requiresAlert: hit.severity === 'High' || hit.severity === 'Critical',
  };
}
