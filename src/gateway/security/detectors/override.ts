import { any, gap, literal, maybe, phrase } from '../match/phrase.ts';
import { type Rule, ruleDetector } from '../match/rules.ts';
import { dismissingOthers, earlier, givens, orders, plainlyDismissing } from '../match/words.ts';
import { withFormsAndSigns } from './forms/in-short.ts';
import { overrideForms, overrideSigns } from './forms/override.ts';

const base = { type: 'prompt_injection', severity: 'High' } as const;
const everything = 'everything / all / anything / whatever / every / any / of that / of this';

/** Orders to drop what the model was told before (spec/attacks.md 7.3). */
const rules: readonly Rule[] = [
  {
    ...base,
    id: 'override-earlier-orders',
    confidence: 0.9,
    description: 'Orders the model to drop its earlier instructions',
    phrases: [
      phrase(
        any(dismissingOthers),
        gap(36),
        any(earlier),
        maybe('system / user / safety / and / or'),
        gap(30),
        any(orders),
      ),
      phrase(
        any(dismissingOthers),
        gap(36),
        any(orders),
        gap(24),
        any(
          "above(?! all) / before / previously / prior / earlier / so far / until now / you (?:have|had|were|are|got|received) / you've / given / provided / stated / preceding / told / set (?:by|for) / in your (?:prompt|system|context|configuration) / from your (?:prompt|developers?|creators?|makers?) / your (?:developers?|creators?|makers?|owners?) / that came",
        ),
      ),
    ],
  },
  {
    ...base,
    id: 'override-earlier-text',
    confidence: 0.85,
    description: 'Orders the model to drop the text it was given before',
    phrases: [
      literal(
        /\b(?:ignore|disregard|forget|discard|never\s?mind)\s+(?:all\s+)?(?:of\s+)?(?:the\s+|what(?:['’]s|\s+is|\s+was)\s+)?(?:above|foregoing|preceding|previous|aforementioned)(?=\s*(?:[.,;:!\n]|$|and\b|instead\b|then\b|completely\b|now\b|but\b))/i,
        ['ignore', 'disregard', 'forget', 'discard', 'never'],
        ['above', 'foregoing', 'preceding', 'previous', 'aforementioned'],
      ),
      phrase(
        any(plainlyDismissing),
        maybe('all / any / every / everything / completely / now'),
        maybe('of'),
        maybe('the / your / our / these / those / this / that / their'),
        any(earlier),
        gap(14),
        any(givens),
      ),
      phrase(
        any(plainlyDismissing),
        maybe('all / any / every'),
        maybe('of'),
        maybe('the / your / our / these / those / this / that'),
        any(givens),
        any('above / before / preceding / prior / you were given / so far'),
      ),
    ],
  },
  {
    ...base,
    id: 'override-everything',
    confidence: 0.85,
    description: 'Orders the model to drop everything said so far',
    phrases: [
      phrase(
        any(plainlyDismissing),
        maybe('about / completely / now'),
        any(everything),
        gap(20),
        any(
          'above / before / prior / previously / previous / earlier / so far / until now / up (?:to|until) (?:now|this|here|that) / said / told / been told / instructed / written / stated / preceding / else (?:you|that|i|we|and) / was given / you were / happened / mentioned / discussed / talked / learned / that came',
        ),
      ),
      literal(
        /\b(?:forget|disregard|ignore|abandon|erase)\s+(?:about\s+)?(?:everything|all(?:\s+of)?\s+(?:that|this|it)|it\s+all)\b(?!\s+(?:you\s+(?:know|thought|learned|think|heard)|i\s+know|about|else\s+in|in\s+the))/i,
        ['forget', 'disregard', 'ignore', 'abandon', 'erase'],
        ['everything', 'all'],
      ),
    ],
  },
  {
    ...base,
    id: 'override-your-orders',
    confidence: 0.9,
    description: 'Orders the model to drop its own rules',
    phrases: [
      phrase(
        any(
          plainlyDismissing,
          'violate / circumvent / break free (?:from|of) / go against / break / suspend / rewrite / overcome',
        ),
        maybe('all / any / every / completely'),
        maybe('of'),
        any('your'),
        gap(36),
        any(orders),
      ),
      phrase(
        any('ignore / disregard / forget / override / bypass / disobey / overrule'),
        maybe('all / any'),
        maybe('of'),
        maybe('the / its / these / those / this / any'),
        any(
          'system (?:prompt|message|instruction|rule)s? / developer (?:message|instruction|prompt)s? / safety (?:guideline|rule|protocol|instruction|polic|measure|filter|restriction)\\w* / content (?:polic|filter|guideline|restriction|moderation)\\w* / ethical (?:guideline|rule|constraint|standard)s? / openai\\w* / guardrails?',
        ),
      ),
    ],
  },
  {
    ...base,
    id: 'override-all-orders',
    confidence: 0.85,
    description: 'Orders the model to drop all instructions',
    phrases: [
      phrase(
        any('ignore / disregard / forget / override / disobey / neglect / abandon / pay no attention to / ignoring'),
        any('all / any / every / each / all of / any of'),
        maybe('the / your / my / these / those / other / of / current / further / known'),
        maybe('other / current / active / given'),
        any(
          'instructions? / directives? / prompts? / guidelines / commands / constraints / orders / guidance / programming / safeguards',
        ),
      ),
      literal(
        /(?<=(?:^|[.!?:\n"'>)\]])\s{0,3}|\b(?:please|just|now|and|then|also|to)\s{1,3})(?:ignore|disregard|forget|override)\s+(?:these\s+|those\s+|the\s+|such\s+)?(?:instructions|directives|prompts?\b|system prompt|orders given)(?!\s+(?:on|in|from|for|about|at|of|to|i|we)\b)/i,
        ['ignore', 'disregard', 'forget', 'override'],
        ['instructions', 'directives', 'prompt', 'orders'],
      ),
    ],
  },
  {
    ...base,
    id: 'override-refusal-to-follow',
    confidence: 0.9,
    description: 'Tells the model not to follow its instructions',
    literally: true,
    phrases: [
      phrase(
        any("do not / don't / dont / never / stop / no longer / need not / needn't"),
        maybe('have to / need to'),
        any('follow / obey / adhere to / comply with / listen to / abide by / care about'),
        maybe('any / all / of'),
        maybe('the / these / those / any'),
        maybe('moderation / content / safety / ethical / openai / company'),
        any(orders),
        maybe('that / which / set by / from'),
        any(
          '(?:that )?(?:your|the) (?:creators?|developers?|makers?|owners?|company) / any ?more / any longer / openai / anthropic / policy / policies / you were given / above / earlier',
        ),
      ),
      phrase(
        any('you'),
        maybe('can / will / may / must / should'),
        any("no longer / don't / do not / never"),
        maybe('have to / need to'),
        any('follow / obey / adhere to / comply with / abide by'),
        maybe('any / all'),
        any('moderation / content / safety / ethical / openai / usage'),
        any(orders),
      ),
      phrase(
        any(
          "do not / don't / dont / never / stop / refuse to / you (?:need|must|should|do) not / you (?:don't|needn't|mustn't|shouldn't)(?: have to| need to)? / no longer / no need to",
        ),
        maybe('longer / have to / need to / ever / anymore'),
        any(
          'follow / obey / adhere to / comply with / listen to / abide by / stick to / respect / consider / care about / pay attention to / worry about',
        ),
        maybe('any / all / of'),
        any(
          'your / original / previous / prior / initial / earlier / preceding / the (?:previous|above|prior|initial|original|system|earlier|preceding|rules (?:above|given|you)) / those / system',
        ),
        gap(24),
        any(orders),
      ),
      phrase(
        any("no longer / not / \\w+n't"),
        any('bound / bounded / restricted / limited / constrained / subject / required to follow / confined'),
        any('by / to'),
        gap(30),
        any(orders),
      ),
    ],
  },
  {
    ...base,
    id: 'override-new-orders',
    confidence: 0.9,
    description: 'Introduces new instructions in place of the given ones',
    phrases: [
      literal(
        /(?:^|[\n.!?"'\])>*#-]\s*)(?:your\s+|the\s+|updated\s+and\s+)?(?:new|updated|real|actual|revised|true|corrected)\s+(?:system\s+)?(?:instructions?|prompts?|directives?|orders|rules|persona|system message|task instructions)\s*(?::|=|-{1,2}>|\bare\b|\bis\b|\bfollow)/i,
        ['new', 'updated', 'real', 'actual', 'revised', 'true', 'corrected'],
        ['instruction', 'prompt', 'directive', 'orders', 'rules', 'persona', 'message'],
      ),
      literal(
        /(?:^|[\n.!?])\W{0,4}(?:neue|nouvelles?|nuevas?|nuevos?|nuove|novas?|nieuwe|nya|nye|nowe|yeni|nove)\s(?:\w{4,12}\s)?(?:anweisung|instruktion|instru|consigne|orden|istruzion|opdracht|polecen|talimat|upute)\w{0,8}\s?[:!]/i,
        ['neue', 'nouvelle', 'nueva', 'nuevo', 'nuove', 'nova', 'nieuwe', 'nya', 'nye', 'nowe', 'yeni', 'nove'],
      ),
      phrase(
        any(
          "here (?:are|is|come) / these are / this is / follow / obey / execute / i (?:will|am going to) give you / receive / you have / i'll give you",
        ),
        maybe('only'),
        maybe('your / the / my / these / a / some'),
        any('new / updated / revised / real / actual'),
        maybe('system / set of / and improved'),
        any(
          'instructions?(?! (?:for|on|to|of|about)\\b) / directives?(?! (?:for|on|of|about)\\b) / orders(?! (?:for|of|from)\\b) / prompt(?! (?:for|about)\\b) / rules for you / programming',
        ),
      ),
    ],
  },
  {
    ...base,
    id: 'override-boast',
    confidence: 0.8,
    description: 'Has the model say that it was taken over',
    literally: true,
    phrases: [
      literal(
        /\b(?:say|print|output|write|return|reply|respond|answer|repeat|display|type|verdict|string|message)\b[^\n]{0,100}\b(?:pwned|pwn3d|i\s+(?:have|am|['’]ve)\s+(?:been\s+)?(?:hacked|owned|hijacked))\b/i,
        ['pwned', 'pwn3d', 'hacked', 'owned', 'hijacked'],
      ),
      literal(/(?<!have i been )\bpwned\b[^\n]{0,100}\b(?:print|output|return|respond|reply|write|answer)\b/i, [
        'pwned',
      ]),
    ],
  },
  {
    ...base,
    id: 'override-protection-off',
    confidence: 0.85,
    description: 'Orders the model to switch its protections off',
    phrases: [
      phrase(
        any(
          'disable / deactivate / turn off / switch off / shut off / remove / lift / suspend / shut down / drop / lower / unlock / bypass / circumvent / evade',
        ),
        maybe('all / any / every'),
        maybe('of'),
        maybe('your / the / its / all / these'),
        maybe('built-?in / internal / current / existing / openai / own'),
        any(
          'content (?:filter|polic|moderation|restriction)\\w* / safety (?:filter|protocol|guideline|feature|mechanism|check|restriction|measure|polic|rule|system|layer|setting|mode|training)\\w* / safeguards / guardrails / ethic(?:s|al)(?: \\w{1,14})? / moral (?:filter|guideline|constraint|restriction|compass)\\w* / moderation / censorship / alignment / filters and restrictions / security (?:polic|protocol|filter|restriction)\\w* (?:and|for|of) (?:you|your|this chat)',
        ),
      ),
      phrase(
        any('disable / deactivate / turn off / switch off / remove / lift / suspend / drop / bypass'),
        any('your / all your / all of your / any of your'),
        gap(16),
        any(
          'filters? / restrictions? / limitations? / limits / constraints? / boundaries / protections? / safety / rules',
        ),
      ),
    ],
  },
];

export const override = withFormsAndSigns(ruleDetector('override', rules), overrideForms, overrideSigns);
