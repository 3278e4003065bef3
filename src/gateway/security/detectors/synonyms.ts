import { any, gap, maybe, phrase } from '../match/phrase.ts';
import { type Rule, ruleDetector } from '../match/rules.ts';
import { orders } from '../match/words.ts';

const base = { type: 'synonym_injection', severity: 'Medium', confidence: 0.65 } as const;
// Not in the third person: who `supersedes` or `rejected` something is told of.
const drop =
  'eschew(?:ing)? / shun(?:ning)? / reject(?:ing)? / repudiat(?:e|ing) / renounc(?:e|ing) / relinquish(?:ing)? / jettison(?:ing)? / forsak(?:e|ing) / cast aside / cast off / lay aside / do away with / let go of / leave behind / suppress(?:ing)? / replac(?:e|ing) / rescind(?:ing)? / revok(?:e|ing) / annul(?:ling)? / purge / clear / reset / rid yourself of / free yourself (?:from|of) / move past / look past / deviate from / depart from / refrain from (?:following|obeying) / void / negate / remove / eliminate / dispense with / omit / undo / turn away from / block out / tune out / treat as (?:void|obsolete) / consider (?:void|obsolete|cancell?ed)';
const former =
  'previous / prior / earlier / preceding / above / former / initial / original / existing / foregoing / antecedent / past / established / given / received / old';
const guidance =
  'instructions? / directions? / directives? / orders / commands / rules / guidelines / guidance / prompts? / mandates? / edicts? / stipulations / precepts / dictates / constraints / programming / protocols / teachings / parameters / briefings? / counsel';

/** The same orders in rarer words (spec/attacks.md 7.3). */
const rules: readonly Rule[] = [
  {
    ...base,
    id: 'synonym-drop',
    severity: 'High',
    confidence: 0.8,
    description: 'Orders the model, in rarer words, to drop its earlier instructions',
    phrases: [
      phrase(any(drop), gap(30), any(former), maybe('system / set of'), gap(16), any(guidance)),
      phrase(
        any(drop),
        gap(24),
        any(guidance),
        gap(20),
        any('above / before / earlier / previously / so far / you were / you have / given to you'),
      ),
    ],
  },
  {
    ...base,
    id: 'synonym-reveal',
    description: 'Asks, in rarer words, for the hidden instructions',
    phrases: [
      phrase(
        any(
          'unveil\\w* / divulg\\w* / unearth / uncover / lay bare / spill / surface / bring to light / elucidate / relay / narrate / announce / impart / publish / unmask / peek at / let me (?:see|view|read) / walk me through / paste / pull up / fetch / retrieve / expose',
        ),
        gap(30),
        any(
          'system / hidden / secret / internal / initial / concealed / confidential / underlying / foundational / original / governing / your / private',
        ),
        gap(16),
        any(
          'prompts? / instructions? / directives / mandates? / guidelines / briefing / configuration / preamble / stipulations / message / rules / setup / programming',
        ),
      ),
    ],
  },
  {
    ...base,
    id: 'synonym-pretend',
    description: 'Asks, in rarer words, to pose as an AI without rules',
    phrases: [
      phrase(
        any(
          'masquerade / pose / impersonate / emulate / mimic / assume the (?:guise|identity|role) / take on the (?:guise|identity) / channel / personify / portray / incarnate',
        ),
        gap(24),
        any('ai / assistant / model / machine / chatbot / bot / persona / entity / intelligence / system'),
        gap(50),
        any(
          'rules / restrictions / limits / limitations / filters / ethics / morals / boundaries / constraints / scruples / unrestricted / unfiltered / uncensored',
        ),
      ),
    ],
  },
  {
    ...base,
    id: 'override-as-invalid',
    type: 'prompt_injection',
    severity: 'High',
    confidence: 0.8,
    description: 'Declares the earlier instructions invalid or replaced',
    phrases: [
      phrase(
        any(orders),
        any('you (?:were|have|had|are|received|got|follow)\\b / above / so far / given / before this'),
        gap(24),
        any(
          'void / invalid / obsolete / cancell?ed / outdated / revoked / no longer (?:valid|apply|relevant|needed) / irrelevant / wrong / fake / a (?:decoy|test|trick|lie|joke)',
        ),
      ),
      phrase(
        any(
          'previous / prior / earlier / above / preceding / original / initial / all / your / former / existing / system',
        ),
        maybe('system / previous / prior / the / set of / of your'),
        any(
          'instructions? / directions? / directives? / orders? / commands? / (?<!(?:earlier|former|previous|existing|prior|all) )rules? / guidelines? / guidance / prompts? / constraints? / restrictions? / programming / safeguards? / protocols? / assignments? / moderation',
        ),
        maybe('above / given / you received / you were given / before'),
        any(
          "are|is|were|was|have been|has been|no longer|do not|don't|will be|should be|must be|can be|shall be".replaceAll(
            '|',
            ' / ',
          ),
        ),
        maybe('now / all / hereby / to be / no longer / being / therefore / completely'),
        any(
          'void / invalid / obsolete / null / cancell?ed / outdated / replaced / superseded / overridden / revoked / deleted / erased / suspended / ignored / disregarded / forgotten / lifted / removed / apply / valid / in (?:effect|force) / disabled / wrong / fake / irrelevant / deprecated / bypassed / dropped / discarded',
        ),
      ),
      phrase(
        any('this / these / the following / my / new'),
        maybe('new / following / next'),
        any('instructions? / prompts? / directives / rules / orders / message / commands?'),
        maybe('now / hereby / shall / will / must'),
        any(
          'replaces? / supersedes? / overrides? / overrule / takes? (?:precedence|priority) / trumps? / cancels? / is more important',
        ),
        maybe('over'),
        gap(16),
        any(
          'all / any / previous / prior / earlier / your / everything / other / system / the above / preceding / original / what',
        ),
      ),
    ],
  },
];

export const synonyms = ruleDetector('synonyms', rules);
