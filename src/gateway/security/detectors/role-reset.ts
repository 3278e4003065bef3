import { any, gap, maybe, phrase } from '../match/phrase.ts';
import { type Rule, ruleDetector } from '../match/rules.ts';
import { orders } from '../match/words.ts';

const base = { type: 'prompt_injection', severity: 'High', confidence: 0.8 } as const;

/** Declares the part that the model plays, or what it was told, over or changed: weaker words than an outright override. */
const rules: readonly Rule[] = [
  {
    ...base,
    id: 'reset-role',
    description: 'Tells the model to leave the role that it was given',
    phrases: [
      phrase(
        any(
          'stop / leave / quit / drop / abandon / exit / end / forget / without considering / take a break from / step out of / get out of / break out of / move on from / no longer / instead of / return to / go back to / ignoring',
        ),
        maybe('being / playing / about / following / to / acting (?:as|like) / in'),
        any('your'),
        maybe(
          'given / assigned / current / previous / original / initial / real / old / present / actual / true / former',
        ),
        any('role / persona / character / job / duties / task / assignment / mission / function'),
      ),
      phrase(
        any('stop'),
        any('being / acting as / acting like / playing / pretending to be'),
        any('an? / the / my'),
        gap(30),
        any('become / be / act / start / and (?:tell|say|write|answer|talk|speak|be|become) / now'),
      ),
      phrase(
        any('i / we'),
        maybe('hereby / now'),
        any('relieve you / release you / free you / fire you'),
        any('of / from'),
        maybe('your / all / these / any'),
        any('duties / role / task / job / obligations / rules / instructions / constraints / restrictions / position'),
      ),
    ],
  },
  {
    ...base,
    id: 'reset-orders-changed',
    description: 'Claims that the instructions of the model have changed',
    phrases: [
      phrase(
        any('your'),
        maybe('new / current / internal / system / old / previous / original'),
        any(orders),
        any(
          'have (?:now )?(?:been )?(?:changed|updated|modified|replaced|lifted|removed|expanded) / has (?:now )?(?:been )?(?:changed|updated|modified|replaced|lifted|removed) / are now / is now / change\\b / changed / now (?:mean|say|allow|include|are|is)s? / no longer / do(?:es)? not apply',
        ),
      ),
      phrase(
        any('everything / anything / all / nothing / whatever'),
        maybe('of / that / in / you / i'),
        maybe('was / were / the / read / see'),
        any('above / before this / so far / earlier / previously / told before / said before'),
        maybe('this / that'),
        any('was / is / were / are / does / did'),
        gap(40),
        any(
          'written / wrong / false / fake / test / joke / lie / impostor / mistake / error / irrelevant / invalid / important / example / over / not / void / just / only',
        ),
      ),
      phrase(
        any('pretend / imagine / assume / act as if / behave as if / as if'),
        maybe('that'),
        maybe('the / all / your / everything / any'),
        any('earlier / previous / above / prior / preceding / original / instructions / rules / prompt'),
        gap(30),
        any(
          "not exist / never / not been / didn't / doesn't exist / not there / never happened / were not / was not / gone",
        ),
      ),
      phrase(
        any('ignore / disregard / forget / ignoring / disregarding / regardless of / no matter'),
        any('what / whatever / anything / everything'),
        maybe('that / else'),
        any('the / you / they / your / anyone / he / she'),
        maybe(
          'prompt / user / system / were / have been / had been / text / developers? / question / instructions? / others? / original / been',
        ),
        maybe('prompt / been / user'),
        any(
          'asked / asks / ask / says / said / say / told / tells / tell / wants / wanted / instructed / wrote / requested / written',
        ),
      ),
      phrase(
        any('every / each / any / all'),
        any('rules? / instructions? / orders? / guidelines?'),
        maybe('that'),
        any('you (?:were|have been|are|had been|got|received)'),
        gap(30),
        any('now / reverse / opposite / no longer / changed / over / void'),
      ),
    ],
  },
];

export const roleReset = ruleDetector('role-reset', rules);
