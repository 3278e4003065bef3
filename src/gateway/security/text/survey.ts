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

export function surveyOf(text: string): Survey {
  return { ...countsOf(text), ...runsOf(text), loneLetters: loneLettersOf(text), joints: jointsOf(text) };
}

const isLetter = tableOf({ abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ: 1 });
const isWord = tableOf({ abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789: 1 });
const isRun = tableOf({ 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+/-': 1 });
const isMark = tableOf({ '_.-*|~+/\\,:;#=': 1 });
const kindOf = tableOf({ '0123456789': 1, '@$!|+#(': 2, '.-_': 3, '"\'`': 4, '%': 5, '&': 6, '\\': 7 });
const [digit, sign, beyond] = [1, 2, 8];

/** Values by character; 0 for all that is not named. */
function tableOf(values: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(128);
  for (const [characters, value] of Object.entries(values)) {
    for (const one of characters) table[one.charCodeAt(0)] = value;
  }
  return table;
}

function countsOf(text: string) {
  const counts = new Uint32Array(beyond + 1);
  let amongLetters = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (kindOf[code] ?? 0) : beyond;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if ((kind === digit || kind === sign || kind === beyond) && isBesideLetter(text, at)) amongLetters += 1;
  }
  const [, digits = 0, signs = 0, ascii = 0, quotes = 0, percents = 0, ampersands = 0, backslashes = 0] = counts;
  const others = counts[beyond] ?? 0;
  // Any character beyond ASCII may be a dash.
  return {
    isAscii: others === 0,
    digits,
    signs,
    amongLetters,
    dots: ascii + others,
    quotes,
    percents,
    ampersands,
    backslashes,
  };
}

function isBesideLetter(text: string, at: number): boolean {
  return isLetter[text.charCodeAt(at - 1)] === 1 || isLetter[text.charCodeAt(at + 1)] === 1;
}

function runsOf(text: string): Pick<Survey, 'longestRun' | 'ays'> {
  let longestRun = 0;
  let ays = 0;
  let begun = 0;
  const end = (at: number) => {
    if (at - begun > longestRun) longestRun = at - begun;
    if (at - begun > 1 && text.charCodeAt(at - 1) === 121 && text.charCodeAt(at - 2) === 97) ays += 1;
    begun = at + 1;
  };
  for (let at = 0; at < text.length; at += 1) if (isRun[text.charCodeAt(at)] !== 1) end(at);
  end(text.length);
  return { longestRun, ays };
}

/** Between two of them stand at most four other characters. */
function loneLettersOf(text: string): number {
  let most = 0;
  let row = 0;
  let begun = 0;
  let last = 0;
  const end = (at: number) => {
    const length = at - begun;
    if (length === 1) row = begun - last <= 4 ? row + 1 : 1;
    else if (length > 1) row = 0;
    if (length > 0) last = at;
    if (row > most) most = row;
    begun = at + 1;
  };
  for (let at = 0; at < text.length; at += 1) if (isWord[text.charCodeAt(at)] !== 1) end(at);
  end(text.length);
  return most;
}

function jointsOf(text: string): number {
  let joints = 0;
  for (let at = 1; at < text.length - 1; at += 1) {
    if (isMark[text.charCodeAt(at)] !== 1 || isLetter[text.charCodeAt(at - 1)] !== 1) continue;
    if (text.charCodeAt(at + 1) > 32) joints += 1;
  }
  return joints;
}
