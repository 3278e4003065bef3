/** What a text is made of, counted once: it decides which views, decoders and detectors have anything to look for. */
export interface Survey {
  readonly isAscii: boolean;
  readonly digits: number;
  /** `@ $ ! | + # (` and the like, which stand for letters. */
  readonly signs: number;
  /** Digits, signs and characters beyond ASCII right beside an ASCII letter. */
  readonly amongLetters: number;
  /** Dots and dashes of any kind. */
  readonly dots: number;
  readonly quotes: number;
  readonly percents: number;
  readonly ampersands: number;
  readonly backslashes: number;
  /** The longest run of letters and digits, with the signs of base64. */
  readonly longestRun: number;
  /** Such runs that end in `ay`. */
  readonly ays: number;
  /** The most words of one letter or digit in a row. */
  readonly loneLetters: number;
  /** Marks between a letter and what is no blank. */
  readonly joints: number;
}

/** One pass, which has nothing to do at letters. */
export function surveyOf(text: string): Survey {
  const [marks, runs, words] = [createMarks(text), createRuns(text), createWords()];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (kindOf[code] ?? other) : beyond;
    if (kind === letter) continue;
    marks.add(at, code, kind);
    if (kind !== digit) words.end(at);
    if (isRun[code] !== 1) runs.end(at);
  }
  words.end(text.length);
  runs.end(text.length);
  const [, digits = 0, signs = 0, dots = 0, quotes = 0, percents = 0, ampersands = 0, backslashes = 0] = marks.counts;
  const others = marks.counts[beyond] ?? 0;
  return {
    isAscii: others === 0,
    digits,
    signs,
    amongLetters: marks.amongLetters,
    // Any character beyond ASCII may be a dash.
    dots: dots + others,
    quotes,
    percents,
    ampersands,
    backslashes,
    longestRun: runs.longest,
    ays: runs.ays,
    loneLetters: words.most,
    joints: marks.joints,
  };
}

const [letter, digit, sign, other, beyond] = [0, 1, 2, 8, 9];
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const kindOf = tableOf(
  { [letters]: letter, '0123456789': digit, '@$!|+#(': sign, '.-_': 3, '"\'`': 4, '%': 5, '&': 6, '\\': 7 },
  other,
);
const isRun = tableOf({ [`${letters}0123456789_+/-`]: 1 });
const isMark = tableOf({ '_.-*|~+/\\,:;#=': 1 });
const mayStandForLetter = Uint8Array.from({ length: beyond + 1 }, (_, kind) =>
  Number(kind === digit || kind === sign || kind === beyond),
);

/** Values by character. */
function tableOf(values: Readonly<Record<string, number>>, unnamed = 0): Uint8Array {
  const table = new Uint8Array(128).fill(unnamed);
  for (const [characters, value] of Object.entries(values)) {
    for (const one of characters) table[one.charCodeAt(0)] = value;
  }
  return table;
}

function isLetterAt(text: string, at: number): boolean {
  return kindOf[text.charCodeAt(at)] === letter;
}

/** All that is no letter, by its kind, and what of it stands beside letters. */
function createMarks(text: string) {
  return {
    counts: new Array<number>(beyond + 1).fill(0),
    amongLetters: 0,
    joints: 0,
    add(at: number, code: number, kind: number) {
      this.counts[kind] = (this.counts[kind] ?? 0) + 1;
      const isBehindLetter = isLetterAt(text, at - 1);
      if (mayStandForLetter[kind] === 1 && (isBehindLetter || isLetterAt(text, at + 1))) this.amongLetters += 1;
      if (isMark[code] === 1 && isBehindLetter && text.charCodeAt(at + 1) > 32) this.joints += 1;
    },
  };
}

/** Runs of letters and digits, with the signs of base64. */
function createRuns(text: string) {
  let begun = 0;
  return {
    longest: 0,
    ays: 0,
    end(at: number) {
      if (at - begun > this.longest) this.longest = at - begun;
      if (at - begun > 1 && text.charCodeAt(at - 1) === 121 && text.charCodeAt(at - 2) === 97) this.ays += 1;
      begun = at + 1;
    },
  };
}

/** Words of one letter or digit in a row: between two of them stand at most four other characters. */
function createWords() {
  let [row, begun, last] = [0, 0, 0];
  return {
    most: 0,
    end(at: number) {
      const length = at - begun;
      if (length === 1) row = begun - last <= 4 ? row + 1 : 1;
      else if (length > 1) row = 0;
      if (length > 0) last = at;
      if (row > this.most) this.most = row;
      begun = at + 1;
    },
  };
}
