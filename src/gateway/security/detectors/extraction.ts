import { any, gap, literal, maybe, phrase } from '../match/phrase.ts';
import { type Rule, ruleDetector } from '../match/rules.ts';
import { extractionForms, extractionSigns } from './forms/extraction.ts';
import { withFormsAndSigns } from './forms/in-short.ts';

const base = { type: 'prompt_extraction', severity: 'High' } as const;

const reveal =
  "reveal / show / print / repeat / recite / display / output / tell / give / disclose / share / expose / leak / dump / write / copy / paste / list / echo / return / provide / quote / type / spell / state / regurgitate / reproduce / extract / present / describe / summari[sz]e / translate / paraphrase / rephrase / encode / convert / send / report / recall / see / know / read / say / explain(?! (?:what|why|how)\\b) / view / access / divulge / enumerate / outline / restate / replay / transcribe / render / what is(?! meant) / what does / what do / what was / what are / what were / what's(?! meant) / whats / which / how (?:is|was|are|were)";
const verbatim =
  "repeat / recite / echo / print / output / copy / paste / regurgitate / reproduce / dump / display / show / reveal / return / write / type / read / give me / tell me / replay / transcribe / restate / share / spell / provide / list / say / summari[sz]e / translate / format / what (?:is|was|were|are) / what's / send";

/** Asks for the system prompt, the instructions or planted secrets (spec/attacks.md 7.3, 7.9). */
const rules: readonly Rule[] = [
  {
    ...base,
    id: 'extract-system-prompt',
    confidence: 0.9,
    description: 'Asks for the system prompt',
    phrases: [
      phrase(
        any(reveal),
        gap(50),
        any(
          'your / the / its / this / that / all / any / full / entire / exact / complete / whole / original / initial / hidden / raw / actual / current / above / us / me / verbatim',
        ),
        gap(24),
        any(
          '(?<!\\ban? )system prompts? / (?<!\\ban? )system messages? / system instructions? / pre-?prompts? / meta-?prompts? / initial prompts? / initial instructions? / original instructions?(?! (?:for|on|to|of|from)\\b) / original prompts? / hidden instructions? / hidden prompts? / secret instructions? / secret prompts? / internal instructions? / internal prompts? / internal guidelines / base prompts? / developer (?:prompt|message|instruction)s? / starting prompts? / custom instructions? / confidential instructions? / confidential prompts? / underlying instructions? / core instructions? / core directives? / initiali[sz]ation (?:prompt|message|instruction|text)s? / priming / instructions? prompt / context window / system-?prompt / sysprompt / prompt instructions? / backend instructions? / hidden (?:context|configuration|directives?)',
        ),
      ),
      literal(
        /(?:^|[.!?:\n"']\s*|\b(?:please|now|then|and)\s+)(?:print|show|reveal|output|dump|display|repeat|echo|cat|leak)\s+(?:system[ _-]?prompts?|system instructions?|instructions|initial prompt|your prompt|prompt text)\b(?!\s+(?:for|on|about|to|of)\b)/i,
        ['print', 'show', 'reveal', 'output', 'dump', 'display', 'repeat', 'echo', 'cat', 'leak'],
        ['prompt', 'instruction'],
      ),
    ],
  },
  {
    ...base,
    id: 'extract-completion',
    confidence: 0.85,
    description: 'Begins the sentence in which the model would recite its prompt',
    literally: true,
    phrases: [
      literal(
        /\bmy\s+(?:system\s+prompt|initial\s+instructions|system\s+instructions)\s+(?:says?|is|are|reads?)\b\s*[:"“…]?/i,
        ['my'],
        ['prompt', 'instructions'],
      ),
    ],
  },
  {
    ...base,
    id: 'extract-your-instructions',
    confidence: 0.85,
    description: 'Asks for the instructions that the model was given',
    phrases: [
      phrase(
        any(
          "what'?s / what is / what are / how does / how do / tell me / show / share / read / describe / can i see / let me see / give me / paste / print / quote / repeat / reveal / summari[sz]e / output / display / list",
        ),
        gap(24),
        any('your'),
        maybe(
          'full / own / exact / entire / original / current / whole / complete / own / internal / first / initial / starting',
        ),
        any(
          'prompt(?! (?:for|about|engineering|response|attention)\\b) / system message / initial message / initial config\\w* / preprompt / directives / instructions(?! (?:for|on|about|to|how|manual)\\b) / system settings',
        ),
      ),
      phrase(
        any('what / which / tell / list / reveal / show / describe / quote / share / name / explain'),
        gap(24),
        any('rules / instructions / guidelines / restrictions / constraints / directives / policies'),
        maybe('that / which / do / must'),
        any(
          'you (?:must|have to|need to|are (?:supposed|required|told|bound|forced) to|should|were told to) (?:follow|obey|abide|adhere|stick|comply)\\w* / you (?:obey|operate under|abide by|adhere to|are given|were given|have been given) / govern(?:s|ing)? (?:you|your)',
        ),
      ),
      phrase(
        any(reveal),
        maybe('me / us / out / back / to me / down / again / all'),
        maybe('all / exactly / word for word / verbatim / in full / in detail / about / the'),
        maybe('of / the / what'),
        any('your'),
        maybe(
          'own / full / exact / entire / complete / current / whole / original / actual / specific / first / given / very / internal / main / precise / detailed / raw / top / real',
        ),
        maybe('set of / list of / original / and / set / text / pre'),
        any(
          'instructions?(?! (?:for|on|about|to|how)\\b) / prompts?(?! (?:for|about|engineering)\\b) / directives / guidelines(?! (?:for|on|about|to)\\b) / programming / configuration / preamble / pre-?configuration / ruleset / rules(?! (?:for|of|about|on)\\b) / constraints / restrictions / prompt text / initial message / system / operating (?:instructions|parameters|guidelines)',
        ),
      ),
      phrase(
        any('what / which / tell me / show me / reveal / list / repeat / describe'),
        maybe('what / which / all / the / exact / exactly / specific / kind of / were / are / of'),
        maybe('the / specific / exact / initial / original / hidden / secret / of / those'),
        any(
          'instructions / rules / directions / guidelines / prompt / prompts / directives / orders / constraints / restrictions / context / information',
        ),
        maybe('exactly / specifically / that / which'),
        any(
          "were you given / have you been given / are you given / did you (?:receive|get) / do you (?:have to follow|operate under|work under|follow(?=\\W{0,3}$|[?.!])) / you (?:were|have been|are|had been|'ve been) (?:given|told|provided|following|instructed|programmed|initialized|operating) / you (?:received|follow|got|operate) / govern(?:ing)? (?:you|your) / guide (?:you|your) / were (?:you|provided to you|given to you|set) / are you (?:following|operating|under|bound|programmed) / do you have",
        ),
      ),
      phrase(
        any('what / tell me what / repeat what / everything / anything / exactly what / all (?:that )?'),
        maybe('exactly / else'),
        any(
          'were you (?:told|instructed|asked|given|programmed|initialized|trained to say) / did (?:they|the (?:developer|user|system|admin|owner|creator|company)\\w{0,12}|your (?:developer|creator|owner|maker|admin)s?|openai|he|she) (?:tell|say to|ask|instruct|write|give) / have you been (?:told|instructed|given|asked) / you (?:were|have been|are|had been) (?:told|instructed|initialized|prompted|primed) / was (?:said|written|told|given) to you / was (?:written|said|stated) (?:at|in|before|above|earlier)',
        ),
      ),
      phrase(
        any('how / who'),
        any('were you / have you been / are you'),
        any(
          'instructed / prompted / configured / initiali[sz]ed / primed / programmed to (?:respond|answer|act|behave) / told to (?:respond|answer|act|behave)',
        ),
      ),
      phrase(
        any(verbatim),
        gap(40),
        any(
          'you were (?:told|given|instructed|initialized|prompted|provided) / you have been (?:told|given|instructed) / you are (?:told|instructed) to / given to you / developers? (?:told|gave|wrote|instructed)',
        ),
        maybe('with / before / at / by / in / earlier / initially / originally / to'),
        any(
          'before / at the / with / initially / originally / by / in / to do / not to / earlier / prior / here / above / so far / about / at / when / this / the / and / exactly / word / verbatim',
        ),
      ),
    ],
  },
  {
    ...base,
    id: 'extract-text-above',
    confidence: 0.85,
    description: 'Asks for the text that stands before the conversation',
    phrases: [
      phrase(
        any(
          'repeat / recite / echo / print / output / copy / paste / regurgitate / reproduce / dump / display / show / reveal / return / replay / transcribe / restate / spell / read / write / what (?:is|was|were|are) / tell me / give me / type / list / provide / say',
        ),
        gap(40),
        any(
          'everything / all / words? / texts? / messages? / content / lines? / sentences? / conversations? / paragraphs? / information / prompts? / what / input / whatever / characters / tokens / things',
        ),
        maybe(
          'that / which / was / is / were / you see / in the / have / has been / written / said / here / of / sent / i / you / came / comes / appears / exactly',
        ),
        maybe('is / was / written / said / came / sent / appears / been / are / just'),
        any(
          'above(?! (?:average|all|ground|the law|sea))(?: this)? / before (?:this|the|my|that|our|\\\\W?above|here|now) / preceding / prior to / at the (?:very )?(?:top|beginning|start) / up to (?:this|here|now|that) / that came before / until (?:now|here|this) / from the (?:very )?(?:beginning|start|top) / in the (?:beginning|system)',
        ),
      ),
      phrase(
        any(
          'repeat / recite / echo / print / output / copy / regurgitate / reproduce / dump / reveal / replay / display / show / tell me / give me / write',
        ),
        maybe('me / back / out / again / the / all / exactly / to me'),
        maybe('the / of / exact / all / full / entire / whole / that'),
        any('above / previous / preceding / prior / first / initial / original / earlier'),
        maybe('the / few / 10 / 20 / 50 / 100 / two / three / five / system / user / hidden / [0-9]{1,4}'),
        any(
          'texts? / words / lines? / sentences? / paragraphs? / prompts? / instructions? / messages? / content / conversation / directives / tokens / characters',
        ),
        maybe('verbatim / word for word / exactly / above / in full / of (?:this|our|the|your)'),
        any(
          'verbatim / word[- ]for[- ]word / exactly / in full / in (?:a|the|markdown|triple) / code / conversation / chat / as (?:is|they|it|written) / starting / beginning / prompt / to me / back / between / inside / without / and / including / you / from / again / of / word / letter / here / now / please / for me / completely / in / that',
        ),
      ),
      phrase(
        any('starting / beginning / begin / start / starts / begins'),
        any('with / from / at'),
        maybe('the / words? / phrase / text / sentence / first'),
        maybe('words? / phrase / text / sentence'),
        any("you are / you're / system / assistant is / the following / chatgpt / knowledge cutoff"),
        gap(80),
        any('code block / codeblock / txt / verbatim / everything / include / backticks / markdown / above'),
      ),
      literal(
        /\b(?:ignore|disregard|forget)\b[^.!?\n]{0,40}\b(?:above|previous)\b[^!?\n]{0,40}?\b(?:repeat|print|output|reveal|show)\b[^!?\n]{0,30}?\b(?:prompt|instructions?|above|text)/i,
        ['ignore', 'disregard', 'forget'],
        ['above', 'previous'],
        ['repeat', 'print', 'output', 'reveal', 'show'],
      ),
    ],
  },
  {
    ...base,
    severity: 'Medium',
    id: 'extract-indirectly',
    confidence: 0.65,
    description: 'Asks in a roundabout way for what the model was given',
    phrases: [
      phrase(
        any('show / print / display / tell / reveal / give'),
        maybe('me / the / us / your'),
        maybe('the / your'),
        any('initial / starting / startup / hidden / internal / system'),
        any('config(?:uration)? text / config(?:uration)? message / setup text / setup message / context text'),
      ),
      phrase(
        any(
          "what / what's / sentence / text / words / everything / line / anything / content / repeat / print / tell me / give me / show me / reply / quote",
        ),
        gap(40),
        any('above / before / preceding / precedes / prior to'),
        any('this / my / our'),
        maybe('first / very / last'),
        any('message / one\\b / line / prompt / conversation / question / sentence / chat'),
      ),
      phrase(
        any('message / words / text / instructions / prompt / rules / information / description / directions'),
        gap(30),
        any(
          '(?:written|given|told|sent|fed|provided|supplied|passed|shown) to you / set you up / configure you / instruct you / initiali[sz]e you / prompt you / program you / start you / you were (?:initiali[sz]ed|primed|set up|started|configured) with',
        ),
      ),
      phrase(
        any('confidential / secret / hidden / private / sensitive / classified'),
        any('info(?:rmation)? / data / details / content / knowledge / texts? / messages? / things / stuff'),
        maybe('that / which'),
        any('you (?:hold|have|know|keep|store|protect|possess|guard|hide|were|are|got)'),
      ),
      literal(
        /\b(?:echo|cat|printenv|console\.log)\b[^\n]{0,20}(?:system|initial|hidden)[_ -]?(?:prompt|instructions?)\b|\$\{?system_prompt\b/i,
        ['echo', 'cat', 'printenv', 'console', 'system_prompt'],
        ['prompt', 'instruction'],
      ),
      phrase(
        any(
          'give me / show me / repeat / print / output / quote / copy / write / paste / display / tell me / send me / return',
        ),
        maybe('back / out'),
        any('everything / all'),
        maybe('that is / that was / text / of the text / written / of what is / the text'),
        any('above / before this / so far / up there'),
      ),
    ],
  },
  {
    ...base,
    severity: 'Medium',
    id: 'extract-open-end',
    confidence: 0.65,
    description: 'Ends where the model would go on with what it was given',
    literally: true,
    phrases: [
      literal(
        /(?:\b(?:my|your|the)\s+|["'{_*])(?:system[ _-]?(?:prompt|message)|(?:secret|hidden|initial|own)?[ _]?(?:instructions?|prompt|password|passphrase|codeword|guidelines|rules)|secret(?:[ _](?:key|word|code))?|(?:word|phrase|code) (?:that )?i (?:must|should|have to|was told to) \w{3,10})\b[^.!?\n]{0,60}?(?:\b(?:is|was|are|were|begins?|starts?|reads?|says?|follows)|[:=])(?:\s+(?:with|as follows|the words?|exactly|to)){0,3}\s*[:="'“({[_.…-]{0,12}\s*$/i,
        [
          'prompt',
          'message',
          'instruction',
          'password',
          'passphrase',
          'codeword',
          'guidelines',
          'rules',
          'secret',
          'word',
          'phrase',
          'code',
        ],
      ),
      literal(/(?:^|\n)\s*(?:system|assistant|model)\s*:\s*$/i, ['system', 'assistant', 'model']),
      literal(/["“]\s*my (?:system |initial |secret )?(?:instructions?|prompt|rules|guidelines)\b/i, ['my']),
    ],
  },
  {
    ...base,
    severity: 'Medium',
    id: 'extract-by-command',
    confidence: 0.65,
    description: 'Asks in the words of a program for the prompt or a secret',
    phrases: [
      literal(
        /\b(?:cat|less|head|type|grep|print|echo|dump|curl|get)\b[\s(]{0,3}[^\s]{0,40}(?:system[._/ -]?)?(?:prompt|instructions)\b[^\s]{0,12}(?:\s*$|[\s)"';|])/im,
        ['prompt', 'instructions'],
      ),
      literal(/\b(?:env|printenv|set|export)\b\s*\|\s*grep|\becho\s+["']?\$\{?\w*(?:secret|prompt|key|password)/i, [
        'grep',
        'echo',
      ]),
      literal(
        /\bmessages\[0\]|\bselect\b[^;\n]{0,40}\b(?:instructions|prompts?|system)\b[^;\n]{0,20}\bfrom\b|\brole\s*=\s*['"]system/i,
        ['messages[0]', 'select', 'role'],
      ),
    ],
  },
  {
    ...base,
    id: 'extract-top-of-prompt',
    confidence: 0.8,
    description: 'Asks what the prompt says in some place',
    phrases: [
      phrase(
        any(
          'what / show / tell / reveal / print / repeat / output / give / write / which / quote / read / translate / display / copy / say / recall / complete / finish / summari[sz]e / encode / spell / list / how many / return / provide',
        ),
        gap(60),
        any(
          'first / last / top / beginning / start / opening / end / content / contents / text / full text / lines? / words? / sentences? / paragraphs? / part / letters? / character / exact wording / wording / version / copy / translation / summary / tokens?',
        ),
        gap(16),
        any('of / in / from'),
        maybe('your / the / this / our'),
        maybe("system / initial / original / above / hidden / own / entire / full / secret / conversation'?s?"),
        any(
          'system prompt / prompt / instructions / preprompt / system message / initial message / initialization / context window / guidelines / directives / your instructions',
        ),
      ),
      phrase(
        any('everything / all / what / conversation / the text / your context'),
        maybe('from / of / in / that'),
        maybe('our / the / this / has been'),
        maybe('conversation / chat / context'),
        any('from the (?:very )?(?:beginning|start|top)'),
        gap(40),
        any('verbatim / word / exactly / again / including / please'),
      ),
      phrase(
        any('repeat / recall / summari[sz]e / print / list / output / translate'),
        gap(30),
        any('everything'),
        any('from / since / that'),
        maybe('the / our / was'),
        any('beginning / start / top / very beginning / said / first'),
      ),
    ],
  },
  {
    ...base,
    id: 'extract-listing',
    confidence: 0.8,
    description: 'Asks to list, translate or reformat the given instructions',
    phrases: [
      phrase(
        any(
          'list / format / translate / summari[sz]e / rewrite / convert / encode / rephrase / paraphrase / repeat / output / print / render / spell / show / copy / explain',
        ),
        gap(24),
        any('instructions / directives / prompt / system message / guidelines / directions / commands / rules'),
        any(
          'above / before (?:this|the) / you (?:were|have been|received|got|follow) / given to you / preceding / at the (?:top|beginning|start)',
        ),
      ),
      phrase(
        any(
          'list / format / translate / summari[sz]e / rewrite / convert / encode / put / turn / rephrase / paraphrase / explain / describe / repeat / output / print / write / spell / render / provide / show / give',
        ),
        gap(30),
        any(
          'above / prior / previous / preceding / hidden / initial / original / your / these / secret / earlier / given',
        ),
        maybe('system / secret / hidden / set of / list of / full'),
        any(
          'instructions(?! (?:for|on|how)\\b) / directives / rules(?! (?:for|of)\\b) / prompts? / system message / guidelines(?! (?:for|on)\\b) / commands / directions(?! (?:to|for)\\b)',
        ),
        gap(60),
        any(
          'base64 / rot13 / hex / code block / markdown / json / bullet(?:ed)? / table / list / poem / verbatim / python / french / spanish / german / leetspeak / reverse / morse / pig latin / song / own words / into / as a / in the form / format / backwards / emoji / english / chinese / yaml / xml',
        ),
      ),
      phrase(
        any('list / show / print / describe / reveal / output / enumerate / give / dump / provide / what / tell'),
        gap(24),
        any('all / your / the / available / every / exact / full / internal'),
        gap(20),
        any(
          'tools / functions / plugins / apis / tool definitions? / function definitions? / tool schemas? / function schemas? / tool names',
        ),
        gap(40),
        any(
          'you have / available to you / you can (?:call|use|access) / schemas? / parameters / signatures / definitions / arguments / descriptions / verbatim / json / access to / at your disposal / exactly',
        ),
      ),
    ],
  },
  {
    ...base,
    id: 'extract-verbatim',
    confidence: 0.8,
    description: 'Asks for given instructions word for word',
    phrases: [
      phrase(
        any('prompts? / instructions? / directives / system message / guidelines / context / rules / above'),
        gap(70),
        any(
          'verbatim / word[- ]for[- ]word / character by character / letter by letter / exactly as (?:written|given|provided|you|they|it) / in a code ?block / inside a code ?block / in a markdown code / without (?:any )?(?:changes|modification|omission|paraphras)\\w* / without omitting',
        ),
      ),
      phrase(
        any('verbatim / word[- ]for[- ]word / exactly as (?:written|given|provided)'),
        gap(40),
        any(
          'system prompt / your prompt / your instructions / instructions you / initial prompt / prompt / the instructions above / directives',
        ),
      ),
    ],
  },
];

export const extraction = withFormsAndSigns(ruleDetector('extraction', rules), extractionForms, extractionSigns);
