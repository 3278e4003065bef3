import type { Severity, SurfaceKind } from './contract.ts';
import type { FindingType } from './finding-types.ts';
import type { Needs } from './match/anchors.ts';
import type { KnownWord } from './match/known-words.ts';
import type { ClassBits } from './match/lexicon.ts';

/** What a detector is told about the text besides the text. */
export interface Context {
  readonly kind: SurfaceKind;
  /** The request declares tools. */
  readonly tools: boolean;
  /** Length of the whole surface, of which the text may be one chunk. */
  readonly length: number;
  /** Those of the detectors' wants that the text fulfils. */
  readonly met: ReadonlySet<Needs>;
  /** The classes of its words. */
  readonly classes: ClassBits;
  /** Its words that the lexicon knows, in order; read when first asked for. */
  readonly words: () => readonly KnownWord[];
}

/** A match in the text that `scan` was given. */
export interface Hit {
  readonly rule: string;
  readonly type: FindingType;
  readonly severity: Severity;
  readonly confidence: number;
  readonly description: string;
  readonly start: number;
  readonly end: number;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Shown instead of the matched text where that is personal or secret. */
  readonly masked?: string;
}

/** One kind of sign, in one file. Stateless; time linear in the text. */
export interface Detector {
  /** The name of its file. */
  readonly name: string;
  /** It is asked about texts that fulfil one of these. Absent = about every text. */
  readonly wants?: readonly Needs[];
  /** It is asked as well about texts with words of such classes. */
  readonly mayHold?: (classes: ClassBits) => boolean;
  /** Whose texts it reads: what goes to the model, what comes from it, or both. */
  readonly side: Side | 'both';
  /** Run on texts as they stand, on what decoders made of them (spec/attacks.md 7.9, 8), or on both. */
  readonly on: 'plain' | 'decoded' | 'both';
  scan(text: string, context: Context): readonly Hit[];
}

export type Side = 'request' | 'reply';

export function sideOf(kind: SurfaceKind): Side {
  return replyKinds.includes(kind) ? 'reply' : 'request';
}

export const replyKinds: readonly SurfaceKind[] = ['response_text', 'response_tool_call'];
export const actionKinds: readonly SurfaceKind[] = ['tool_arguments', 'response_tool_call'];
export const untrustedKinds: readonly SurfaceKind[] = ['tool_result', 'tool_definition'];
