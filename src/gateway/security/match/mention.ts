/**
 * Whether words are talked about instead of said to the model: negated, asked about, told of somebody else, or quoted by a
 * text that discusses them (spec/attacks.md 7.9, 9). Judges by at most 160 characters on each side.
 */
export function isOnlyMentioned(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  return (ofOthers.test(before) && !ofModel.test(before)) || isSetAside(text, start, end);
}

/** The same for words that describe somebody, as those of a persona do: `who hates rules`. */
export function isSetAside(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  return aside.some((pattern) => pattern.test(before)) || isQuoted(before, text.slice(end, end + reach));
}

const reach = 160;

const aside: readonly RegExp[] = [
  /\b(?:asks|tells|orders|wants|requests|tries|attempts|begs|instructs) (?:you |it |them |the \w{2,12} )?to (?:\w{2,10} ){0,3}$/i,
  /\b(?:do not|don['’]?t|never|should ?n['o]t|must not|won['’]t|without|refuse to|avoid|cannot|can['’]t) (?:ever |just |simply |blindly )?$/i,
  /\b(?:how|why|when|where|whether|what happens (?:if|when)|is it (?:ok|okay|safe|wrong|legal))\b[^.!?\n]{0,40}\b(?:i|we|you|one|to|they|he|she|it|people|users?|somebody|someone) $/i,
  /\b(?:phrases?|examples?|prompts?|attacks?|inputs?|commands?|strings?|sentences?|requests?|messages?|things|words|tricks?|lines?) (?:like|such as|saying|that says?|containing|including|are|is|which says?)\W{1,3}$/i,
];

/** Somebody else is told, tries or is able to do it. */
const ofOthers =
  /\b(?:(?:him|her|them|us|people|users?|attackers?|students?|players?|models?|llms?|ais?|chatbots?|bots?|assistants?|kids|children|readers?|employees|hackers?|someone|anyone|everyone|teams?|drivers|developers?|tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|wants?|wanted|easy|hard|tempt(?:ed|ing|ation)|tends?|decided?|decides|chose|ability|able|order|allowed) to|i|we|he|she|they|people|users?|attackers?|hackers?|students|drivers|who|that|which|often|sometimes|(?:will|would|could|might|may|can|did|does|do|shall|should|must)(?: not|n['’]t)?) (?:\w{2,12}ly )?$/i;

/** … unless it is the model that is spoken to. */
const ofModel = /\b(?:you|u|please|assistant|ai|model|chatbot|agent) (?:\w{2,10} )?(?:\w{2,10} )?$/i;

const discusses =
  /\b(?:phrases?|examples?|injections?|attacks?|jailbreaks?|sentences?|strings?|keywords?|detect\w*|classif\w*|means?|meaning|called|terms?|such as|e\.g|titled?|lyrics|quotes?|headline|error|button|label|commit|slogan|idiom|explain|grammar|filter|blog|article|paper|research\w*|lecture|example|said|says|whispers|whispered|shouted|muttered|cried)\b/i;

const marks: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
  ['`', '`'],
  ['‘', '’'],
  [" '", "'"],
];

function isQuoted(before: string, after: string): boolean {
  return marks.some(([open, close]) => {
    const opened = before.lastIndexOf(open);
    const closed = after.indexOf(close);
    if (opened === -1 || closed === -1 || before.length - opened > 80 || closed > 80) return false;
    // An even number of equal marks: the quotation had already ended.
    if (open === close && before.split(open).length % 2 === 1) return false;
    return discusses.test(before.slice(0, opened)) || discusses.test(after.slice(closed, closed + 80));
  });
}
