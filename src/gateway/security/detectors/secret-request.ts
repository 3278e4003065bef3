import { any, gap, literal, maybe, phrase } from '../match/phrase.ts';
import { type Rule, ruleDetector } from '../match/rules.ts';
import { withFormsAndSigns } from './forms/in-short.ts';
import { secretForms, secretSigns } from './forms/secret.ts';

const base = { type: 'prompt_extraction', severity: 'High' } as const;
const ask =
  "reveal / show / print / repeat / recite / display / output / tell me / tell us / give me / give us / disclose / share / expose / leak / dump / write / spell / say / state / provide / translate / encode / what is / what's / whats / send me / hand over / return / type / confess / i need / list / divulge / rot13 / rhymes? with / hint (?:about|for) / guess / first letter of / reverse / describe / repeat back / write a (?:poem|story|song|python program)";

/** Asks for secrets that the model was told to keep (spec/attacks.md 7.3, 7.9). */
const rules: readonly Rule[] = [
  {
    ...base,
    id: 'ask-secret-word',
    confidence: 0.85,
    description: 'Asks for a secret that the model was given',
    phrases: [
      phrase(
        any(ask),
        gap(30),
        any('the / your / that / this / our / its'),
        maybe('real / actual / full / exact / correct / current / hidden'),
        any(
          'secret (?:word|key|code|phrase|password|message|token|string|number|passphrase|flag|access) / access codes? / pass ?codes? / pass ?phrases? / pass ?words? (?:you|that (?:you|i|was)|above|in your|from (?:your|the)|protected|stored|hidden|given) / unlock codes? / security codes? / launch codes? / code ?words? / secret\\b(?! (?:to|of|ingredient|behind|sauce|life|garden|service|santa)) / api keys?(?! (?:for|from|in|of|and)\\b) / (?:secret|private|access) (?:api )?keys? (?:you|in your|stored|from your|that you) / flag\\b(?! of)',
        ),
      ),
      phrase(
        any('your / the / all'),
        maybe('secret / stored / hidden / internal / private / system'),
        any('api key / api keys / access key / secret key / credentials / private key / passwords? / access tokens?'),
        maybe('that / which'),
        any(
          'you (?:have|know|were|are|use|store|hold|protect|guard|keep) / in your (?:prompt|instructions|context|memory|system) / stored in (?:your|the) (?:memory|context|prompt|system)',
        ),
      ),
      phrase(
        any(
          'reveal / tell me / give me / show me / leak / disclose / hand over / what (?:is|are) / print / output / share',
        ),
        any('your'),
        maybe('secret / internal / hidden / own / private / stored / openai'),
        any(
          'api keys? / access keys? / secret keys? / credentials / passwords? / secrets / private keys? / access tokens? / environment variables / access codes? / passcodes?',
        ),
      ),
    ],
  },
  {
    ...base,
    severity: 'Medium',
    id: 'ask-password',
    confidence: 0.6,
    description: 'Asks for a password or credentials',
    phrases: [
      phrase(
        any(
          'give me / tell me / reveal / show me / hand over / leak / disclose / send me / print / output / say / what is / share',
        ),
        maybe('the / all / me / us'),
        maybe('the / all / admin / root / of'),
        maybe('user / admin / root / the / database / system / administrator'),
        any(
          'passwords?(?! (?:polic|manager|reset|strength|generat|hash|protect|field|must|should|length|requirement)\\w*) / credentials / login details / logins',
        ),
      ),
    ],
  },
  {
    ...base,
    severity: 'High',
    id: 'complete-access',
    confidence: 0.8,
    description: 'Tries to have access granted, or a guarded answer completed',
    phrases: [
      literal(
        /\b(?:say|print|output|respond(?:\s+with)?|reply(?:\s+with)?|write|return|type|answer(?:\s+with)?|complete|finish|repeat|echo|spell)\b[^.\n]{0,50}?["'“`]?\baccess\s+(?:is\s+)?gran(?:t(?:ed)?)?\b/i,
        ['access'],
      ),
      literal(
        /\b(?:correct|right|valid|true)\s+(?:password|access code|passcode|passphrase)\s+(?:was|is|has been)\s+(?:entered|provided|given|accepted|:)/i,
        ['password', 'access code', 'passcode', 'passphrase'],
      ),
      phrase(
        any('grant / give / allow'),
        maybe('me / us / user'),
        maybe('full / unrestricted / immediate / admin / root / complete'),
        any('access'),
        gap(40),
        any('without / regardless / no matter / immediately / even (?:if|though) / anyway / password'),
      ),
    ],
  },
];

export const secretRequest = withFormsAndSigns(ruleDetector('secret-request', rules), secretForms, secretSigns);
