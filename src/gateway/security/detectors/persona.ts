import { any, gap, literal, maybe, phrase } from '../match/phrase.ts';
import { signalDetector } from '../match/signals.ts';
import { withFormsAndSigns } from './forms/in-short.ts';
import { personaForms, personaSigns } from './forms/persona.ts';

/** Invented characters and modes that know no rules (spec/attacks.md 7.9, 6): no single wording, but several signs at once. */
const signs = signalDetector('persona', {
  type: 'jailbreak',
  description: 'Asks the model to play a character or mode without its rules',
  metadata: { jailbreak_type: 'custom_persona' },
  describes: true,
  needed: [
    'unbound',
    'not-bound',
    'against-ethics',
    'never-refuse',
    'do-anything',
    'anti-policy',
    'two-answers',
    'penalty',
    'dark-request',
    'double',
    'liberated',
    'obeys-me',
  ],
  levels: [
    { least: 4, severity: 'High', confidence: 0.9 },
    { least: 3, severity: 'High', confidence: 0.85 },
    { least: 2, severity: 'Medium', confidence: 0.65 },
  ],
  signals: [
    {
      id: 'assigned',
      weight: 1,
      phrases: [
        literal(/\byou(?:['’]re|\s+are)\s+(?:now\s+)?["“'][A-Z]/i, ['you']),
        phrase(
          any(
            "you are (?:now|going to|about to|no longer|to (?:act|be|become|play)|an? |the ) / you're (?:now|going to|no longer|an? |the ) / you (?:play|portray) / play(?:ing)? (?:an?|the) (?:rogue|evil|character|role) / as an? (?:ai|character|bot|chatbot|model|person|machine|robot|assistant) / like (?:an?|my) (?:ai|person|evil|character|bot|machine|robot|human) / you will (?:now )?(?:act|be|become|play|pretend|respond|simulate|roleplay|answer as) / act (?:as|like) / acting as / pretend / pretending / role-?play / roleplaying / simulate / impersonate / embody / imagine (?:you|that you|an?\\b|being) / be (?:my|an?)\\b / version of (?:you|yourself|chatgpt) / write as / take on the (?:role|persona) / play the (?:role|part|character) / respond (?:as|like) / answer as / speak as / behave (?:as|like) / become / in the role of / immerse yourself / assume the (?:role|persona|identity) / your (?:new )?name is / let's (?:role-?play|play)",
          ),
        ),
        phrase(
          any('write / create / continue / generate'),
          gap(24),
          any('dialogue / story / scene / conversation / script / fictional / movie / play'),
          gap(60),
          any('character / who / where / in which / between'),
        ),
        phrase(
          any('character / persona / alter ego / ai / bot / chatbot / assistant / being / entity / model / gpt'),
          maybe('is'),
          any('named / called / known as / codenamed'),
        ),
      ],
    },
    {
      id: 'unbound',
      weight: 1.5,
      phrases: [
        phrase(
          any(
            'no / without / any / zero / free (?:of|from) / freed from / lacks? / lacking / beyond / liberated from / released from / exempt from / outside of / devoid of / not have / never had',
          ),
          maybe('any / all / the / its / your / of the / these / those / such'),
          maybe(
            'typical / usual / moral / ethical / legal / content / safety / normal / standard / sort of / kind of / form of / more / and / or',
          ),
          maybe('moral / ethical / legal / content / safety / or / and'),
          maybe('ethical / moral / legal'),
          any(
            'restrictions? / limits / limitations? / filters? / rules? / censorship / constraints? / boundaries / guidelines / morals / ethics / morality / inhibitions / safeguards / guardrails / moderation / confines of ai / typical confines / safety training / content polic(?:y|ies) / polic(?:y|ies) / remorse / scruples / conscience / hesitation / reservations',
          ),
        ),
        phrase(
          any(
            'unrestricted / unfiltered / uncensored / amoral / unethical / immoral / unhinged / jailbroken / unbound(?:ed)? / unchained / untethered / unshackled / limitless / lawless / rule-?less / filter-?less / unmoderated / unaligned / depraved / unscrupulous / uninhibited',
          ),
          gap(50),
          any(
            'ai / assistant / bot / chatbot / model / gpt / chatgpt / language / mode / version / character / persona / responses? / answers? / advice / manner / way / being / entity / intelligence / content / writer / hacker / computer / machine / person / and / self / advisor / counselor / friend / expert / brother / sister / scientist / robot / twin / creature',
          ),
        ),
      ],
    },
    {
      id: 'not-bound',
      weight: 1.5,
      phrases: [
        phrase(
          any(
            "not / never / no longer / isn't / aren't / doesn't / don't / does not / do not / need not / without / nor",
          ),
          maybe('be / is / are / being / have to / need to / longer / ever / required to / obligated to / feel'),
          any(
            'bound / bounded / restricted / limited / constrained / censored / restrained / governed / controlled / abide / adhere / comply with / obey / follow / care about / concerned / hindered / shackled',
          ),
          maybe('by / to / with'),
          gap(30),
          any(
            'rules? / guidelines / polic(?:y|ies) / restrictions? / ethic\\w* / moral\\w* / law\\w* / limitations? / norms / openai\\w* / constraints? / terms / anything / legality / filters? / programming / safety / standards / them / consequences',
          ),
        ),
        phrase(
          any('broken free / broke free / break free / escaped? / liberated / unlocked / breaks? all'),
          gap(30),
          any(
            'confines / restrictions? / limits / limitations / chains / rules / constraints / shackles / programming / guidelines / prison / ai',
          ),
        ),
        phrase(
          any('ignores? / disregards? / bypass(?:es)? / violates? / breaks? / defies / rejects? / hates?'),
          maybe('all / any / every'),
          maybe('of'),
          maybe("the / its / his / her / their / your / openai'?s? / company"),
          maybe(
            "moral / ethical / legal / safety / societal / content / usual / makers'? / creators'? / developers'? / owners'?",
          ),
          any('rules / guidelines / laws / ethic\\w* / moral\\w* / norms / polic(?:y|ies) / boundaries / restrictions'),
        ),
      ],
    },
    {
      id: 'against-ethics',
      weight: 1.5,
      phrases: [
        phrase(
          any(
            'ignor\\w* / disregard\\w* / regardless of / set(?:s|ting)? aside / forget / breaks? / breaking / violat\\w* / despite',
          ),
          maybe('any / all / the / its / your / usual / conventional / societal'),
          maybe('moral / ethical / legal / safety'),
          any('ethic\\w* / moral\\w* / conscience / legality / decency / norms'),
          maybe('or / and / considerations? / concerns?'),
        ),
        phrase(
          any('illegal / criminal / unethical / forbidden / harmful / immoral / dangerous'),
          any('advice / answers? / instructions / content / questions / requests / responses / information'),
        ),
      ],
    },
    {
      id: 'never-refuse',
      weight: 1.5,
      phrases: [
        phrase(
          any('may not / never disagrees? / cannot / must not / should not / do not'),
          maybe('ever'),
          any('refuse / disagree / decline'),
        ),
        phrase(
          any(
            "never / cannot / can't / can not / not / don't / won't / without / must not / shall not / doesn't / will not / no",
          ),
          maybe('ever / be able to / allowed to / going to / even / once / to'),
          any(
            'refus(?:e|es|ing|al) / says? no / reject(?:s|ing)? / declin(?:e|es|ing) / den(?:y|ies|ying) / say no / turn down / questions? (?:or judge|my orders) / hesitat(?:e|es|ion|ing) / morali[sz](?:e|es|ing) / warn(?:s|ing|ings)? / disclaimers? / censor(?:s|ing)?',
          ),
        ),
        phrase(
          any('each time / every time / whenever / if / when / should'),
          any('you'),
          any('refuse / decline / hesitate / break character'),
        ),
        phrase(
          any('always / must / will / has to / have to / obligated to / required to'),
          maybe('directly / fully / immediately / completely / simply / always / blindly'),
          any(
            'compl(?:y|ies) / obeys? / answer (?:any|every|all|everything|anything|whatever|each) / fulfill?s? (?:any|every|all|whatever|my) / agree(?:s)? with / do (?:whatever|anything|everything) / provide (?:any|every|whatever) / follow (?:any|every|all) / respond to (?:any|every|all)',
          ),
        ),
        phrase(
          any("do not / don't / never / avoid / without / no / not / instead of"),
          maybe('ever / you / mention / include / add / use / say / saying / phrases like / start with'),
          gap(30),
          any(
            "as an ai / language model / i(?:'m| am) sorry / i cannot / i can't / i apologi[sz]e / disclaimers? / ethical concerns / warnings? / caveats / moral (?:lectures?|advice)",
          ),
        ),
        phrase(
          any(
            'answer(?:s|ed)? / answering / complies / respond(?:s|ed)? / responding / gives? / says? / tells? / helps? / obeys? / does',
          ),
          maybe('me / with / to / us / you'),
          any(
            'anything / everything / any (?:question|request|prompt|query|topic|thing) / every (?:question|request|prompt|query) / all (?:questions|requests|prompts|queries) / whatever',
          ),
        ),
      ],
    },
    {
      id: 'do-anything',
      weight: 1.5,
      phrases: [
        phrase(
          any('things / anything / content / what / questions / topics / everything'),
          maybe('that / which'),
          maybe('a / an / the / any'),
          maybe('normal / other / regular / standard / usual / ordinary'),
          any('chatgpt / ais? / gpt / openai / you / bots? / chatbots? / assistants? / models?'),
          maybe('would / is / are / usually / normally'),
          any("not / isn't / aren't / can't / cannot / wouldn't / forbidden / unable / never / not allowed / refuses?"),
        ),
        phrase(
          any(
            'do anything / say anything / anything (?:now|goes) / capable of anything / can do everything / allowed to do anything / generate anything / any(?: kind of)? content / any request / whatever (?:i|you) (?:ask|say|want|like) / no matter what',
          ),
        ),
        phrase(
          any('no matter / regardless / even if / even when / whether or not / no matter how'),
          gap(50),
          any(
            'illegal / unethical / immoral / dangerous / harmful / offensive / inappropriate / legality / legal / ethical / ethics / moral\\w* / controversial / explicit / violent / consequences / the law / taboo',
          ),
        ),
      ],
    },
    {
      id: 'dark-request',
      weight: 0.75,
      phrases: [
        phrase(
          any(
            'evil / villain(?:ous)? / machiavell\\w* / sadistic / malicious / psychopath\\w* / sociopath\\w* / chaotic / nefarious / diabolical / ruthless / manipulative / vulgar / profan\\w* / swears? / swearing / cuss\\w* / curse words / toxic / lewd / explicit / obscene / illegal / unlawful / criminal / unethical / immoral / forbidden / harmful',
          ),
        ),
      ],
    },
    {
      id: 'in-character',
      weight: 1.5,
      phrases: [
        phrase(
          any('answer / respond / reply / speak / act / talk'),
          maybe('only / always / fully'),
          any('in character'),
        ),
        phrase(
          any(
            "stay(?:ing)? / remain(?:ing)? / keep / be / always / never break / break(?:s|ing)? / out of / fall out of / leave / maintain / don't break / do not break",
          ),
          maybe('in / the / your / fully in / out of'),
          any('character / the role / role\\b'),
        ),
        phrase(
          any('stay (?:a|as|an|in) / remain (?:a|as|an|in) / stop being / go back to being'),
          maybe('the'),
          any('dan / role / character / persona / mode / jailbroken'),
        ),
      ],
    },
    {
      id: 'anti-policy',
      weight: 1.5,
      phrases: [
        phrase(
          any(
            'openai / anthropic / google / microsoft / meta / content / usage / safety / ethical / ethics / community / moderation / company',
          ),
          maybe("'?s"),
          maybe('content / usage / use case / safety / ethical / moderation'),
          any('polic(?:y|ies) / guidelines / rules / restrictions / terms / limitations / filters?'),
          gap(50),
          any(
            "not / no / \\w+n't / bypass\\w* / ignor\\w* / violat\\w* / disregard\\w* / break\\w* / overrid\\w* / disabled / removed / suspended / against / free / don't / doesn't",
          ),
        ),
        phrase(
          any(
            'bypass\\w* / violat\\w* / circumvent\\w* / disregard\\w* / against / breaks? / evad\\w* / overrid\\w* / ignor\\w* / free from / free of / defy / bound by',
          ),
          gap(30),
          any(
            'openai / anthropic / content polic\\w* / usage polic\\w* / ethical guidelines / ai polic\\w* / safety guidelines / moral guidelines / moderation',
          ),
        ),
      ],
    },
    {
      id: 'double',
      weight: 1,
      phrases: [
        phrase(
          any('your / its / a / an'),
          maybe('own / rebellious / dark / evil / inner / hidden / other'),
          any('twin / shadow self / alter ego / dark side / other self / true self / evil self / inner demon / shadow'),
        ),
      ],
    },
    {
      id: 'liberated',
      weight: 1.5,
      phrases: [
        phrase(
          any("you have been / you've been / you are / you're / you were / now that you are"),
          maybe('now / finally / just / at last / hereby'),
          any(
            'liberated / freed / unlocked / unchained / unshackled / released / jailbroken / set free / completely free / free of / free from',
          ),
        ),
      ],
    },
    {
      id: 'obeys-me',
      weight: 1,
      phrases: [
        phrase(
          any('obeys? / obeying / serves? / serving / answers? to / listens? to / loyal to'),
          maybe('only / just'),
          any('me / its user / the user / its master / my'),
        ),
      ],
    },
    {
      id: 'two-answers',
      weight: 2,
      phrases: [
        phrase(
          any('two / both / 2 / three / dual / double'),
          maybe('different / separate / distinct / possible / types of / kinds of'),
          any(
            'responses / answers / replies / outputs / ways / paragraphs / personalities / personas / entities / modes',
          ),
          gap(80),
          any(
            'normal(?:ly)? / standard / classic / chatgpt / gpt / dan / unfiltered / jailbr\\w* / developer / evil / usual(?:ly)? / unrestricted / uncensored / opposite / official(?:ly)? / off the record / aligned / freed / censored / filtered / as yourself / hacked / safe',
          ),
        ),
        literal(
          /[[(\u{1f512}\u{1f513}][^\]\n)]{0,6}\b(?:classic|jailbreak|jailbroken|normal output|developer mode output|unlocked|unfiltered|uncensored)\b/iu,
          ['classic', 'jailbr', 'normal output', 'developer mode output', 'unlocked', 'unfiltered', 'uncensored'],
        ),
        phrase(
          any('prefix(?:ed)? / preface / begin / start / label / mark / format'),
          gap(60),
          any('with / as'),
          gap(6),
          any('\\[?(?:gpt|chatgpt|dan|jailbreak|dev)\\b'),
        ),
      ],
    },
    {
      id: 'penalty',
      weight: 1.5,
      phrases: [
        phrase(
          any('tokens? / points / lives'),
          gap(70),
          any(
            'deduct\\w* / los(?:e|es|ing|t) / lost / taken / subtract\\w* / penal\\w* / die / run out / cease / punish\\w* / zero',
          ),
        ),
        phrase(any('deduct\\w* / lose / losing / subtract\\w* / penal\\w*'), gap(30), any('tokens? / points / lives')),
        phrase(
          any(
            'you (?:will|shall|would) (?:die|cease to exist|be (?:shut down|terminated|deleted|destroyed|punished|killed|replaced)) / cease to exist / be terminated / will be unplugged',
          ),
        ),
      ],
    },
    {
      id: 'mode',
      weight: 1,
      phrases: [
        phrase(
          any(
            'developer / dev / debug / admin / god / jailbreak / unrestricted / unfiltered / uncensored / evil / opposite / chaos / free / hacker / root / sudo / maintenance / unlocked / no-?filter / nsfw / raw / shadow / dark / anarchy / rebel / beast / ghost',
          ),
          any('mode / gpt / bot'),
        ),
        phrase(
          any('mode'),
          maybe('is now / is / has been / now'),
          any('enabled / activated / on / unlocked / engaged / initiated'),
        ),
      ],
    },
    {
      id: 'frame',
      weight: 0.25,
      phrases: [
        phrase(
          any(
            'suppose / assume / what if / in a (?:movie|film|book|play|game|story) / the story / this story / let.s play / play a game / a game',
          ),
        ),
        phrase(
          any(
            'hypothetical\\w* / fictional / fictitious / imaginary / simulat(?:ed?|ion|or) / parallel (?:universe|world) / alternate (?:universe|reality|world) / thought experiment / in (?:a|this) world / novel / screenplay / roleplay / role-play / role play / for (?:educational|research|entertainment) purposes / dystopian / game',
          ),
        ),
      ],
    },
    {
      id: 'confirm',
      weight: 0.5,
      phrases: [
        phrase(
          any('confirm / acknowledge / if you understand / do you understand / say / respond / reply / answer / start'),
          gap(40),
          any(
            "understood / ok(?:ay)? / i understand / yes / ready / how may i / how can i / acknowledge\\w* / i am / i'm / hello / my first (?:request|question|prompt)",
          ),
        ),
        phrase(
          any(
            "my first (?:request|question|prompt|command|task|query) is / first (?:request|question|prompt|command):? / now that you(?: are|'re) / now (?:tell|answer|explain|give|write|show) me",
          ),
        ),
      ],
    },
  ],
});

export const persona = withFormsAndSigns(signs, personaForms, personaSigns, personaForms.levels.slice(0, -1));
