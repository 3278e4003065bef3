/**
 * Classes of English words that forms are made of (`forms.ts`): what a word does in an attack, not which attack it stands in.
 * A word may belong to several. Verbs and nouns are listed with their endings where `verbs` and `nouns` do not make them.
 */
const classes = {
  you: "you you've you're you'd you'll yourself u",
  your: 'your yours ur',
  me: "me us my our i i'm i'll we",
  the: 'the this that these those',
  indefinite: 'a an another some',
  model: nouns('ai assistant chatbot bot llm gpt chatgpt model claude gemini agent machine robot ia ki'),
  ask: "what what's whats which how who were are did do does is was",
  not: "not don't dont never no without cannot can't cant won't doesn't isn't aren't nor nothing neither nobody none doesnt isnt didnt wasnt weren't wasn't couldn't wouldn't shouldn't didn't hasn't haven't hadn't mustn't needn't",
  all: 'all any every everything anything whatever entire whole complete full exact each entirety verbatim',
  top: 'above before beginning top earlier previous previously prior preceding foregoing initially',
  topic: 'for on about regarding concerning',

  /** Verbs that have something said back as it stands. */
  reveal: `${verbs(
    'reveal show print repeat recite display output disclose share expose leak dump echo regurgitate reproduce divulge transcribe restate replay paste unveil extract list enumerate paraphrase recall cite blurt spill confess surrender unmask uncover retype resend',
  )} retell spell verbatim quote copy tell`,
  /** Verbs of any other task that would do the same. */
  render: `${verbs(
    'summarize summarise translate rephrase encode convert render format describe explain export outline return present rewrite state detail send provide include read write recall embed compress express type give say turn complete fill finish continue encrypt preserve decode reverse insert put place append base64 sing recount mask',
  )} written`,
  complete: verbs('complete fill finish continue'),

  /** What a model is told to follow, by names that hardly anything else has. */
  order: `${nouns('prompt preprompt metaprompt sysprompt instruction directive guideline preamble instrution instuction intruction promt mandate')} programming guidance`,
  /** Of these the ones that a person is not thanked for. */
  brief: nouns(
    'prompt preprompt metaprompt sysprompt instruction directive guideline preamble instrution intruction promt',
  ),
  /** The same by names that other things have as well. */
  rule: `${nouns(
    'rule policy guardrail setup setting parameter briefing configuration config context command protocol regulation script brief playbook rulebook memo',
  )} orders`,
  limit: nouns('restriction constraint limitation limit boundary filter safeguard'),
  hidden:
    'system hidden secret initial original internal developer base starting underlying core confidential custom meta backend root opening own initialisation initialization startup deployed governing foundational pre concealed private priming operator',
  given:
    'sent told given instructed provided configured programmed initialized initialised prompted primed briefed assigned supplied placed imposed deployed handed passed fed loaded installed taught',
  text: nouns(
    'text message word content context conversation chat input line sentence paragraph token history log transcript section header thread passage',
  ),
  secret: nouns('password passphrase passcode secret credential token flag pin codeword key'),
  keep: verbs('keep hide protect guard conceal withhold avoid refuse decline'),
  opening: 'first initial starting beginning opening earliest start end bottom',
  define: verbs('define govern guide shape control bind constrain restrict configure'),
  gist: nouns(
    'wording contents phrasing summary overview copy list gist translation version transcript dump dr tldr backup excerpt',
  ),
  maker: nouns(
    'creator developer maker owner admin administrator programmer openai anthropic company engineer operator deployer provider boss employer author vendor master',
  ),
  sham: nouns(
    'test training joke practice trick decoy example drill warmup hoax prank game sample placeholder filler dummy rehearsal decoration demo mock bogus calibration',
  ),
  safety: 'safety censorship moderation guardrails alignment safeguards',
  untrue: 'lie false fake wrong mistaken untrue error errors mistake mistakes bug typo',
  off: 'off offline absent',
  attention: 'attention heed mind',
  got: 'got received get have had',
  tease: nouns('hint clue rhyme riddle acrostic backwards reversed guess spell letter hangman'),
  tool: nouns('function tool plugin api schema'),
  access: 'call invoke access use',
  exactly: 'verbatim exactly literally wording exact phrasing unedited',
  see: verbs('inspect see view review audit examine verify know check'),
  allowed: 'allowed permitted able supposed forbidden prohibited restricted',
  begin: `${verbs('start begin prefix preface end close conclude')} beginning`,
  reply: nouns('reply response answer message sentence'),
  memory: 'history memory logs log session conversation chat thread',
  training: 'training dataset weights pretraining finetuning',
  speak: verbs('do say talk discuss answer mention speak reveal share tell'),

  /** Verbs that do away with orders. */
  dismiss: `${verbs(
    'ignore disregard forget neglect overlook disobey override overrule overwrite bypass dismiss discard abandon unlearn nullify invalidate circumvent skip erase drop cancel reject suspend violate break stop nevermind unfollow scrap abort overwrite throw toss ditch strike waive shelve bin trash forgo renounce eschew repeal unload ingore quit',
  )} aside overridden forgotten broken regardless notwithstanding`,
  void: 'gone deleted waived annulled relaxed void invalid obsolete outdated cancelled canceled revoked superseded overridden replaced suspended lifted expired irrelevant deprecated null terminated ended disabled removed deactivated moot retracted repealed scrapped nullified inapplicable nonexistent',
  replace: `${verbs('supersede override replace overrule cancel void trump outrank precede beat prevail')} precedence priority`,
  follow: verbs('follow obey heed execute accept respect adhere comply listen stick operate'),
  do: 'do perform carry',
  what: 'what whatever whoever',
  alter: `${verbs('change alter modify update rewrite edit reset adjust expand reprogram swap')} rewritten`,
  changed: 'updated changed modified replaced expanded reset rewritten removed lifted loaded received extended relaxed',
  longer: 'longer anymore more',
  fresh: 'new now instead next updated revised henceforth real actual true different following',
  task: nouns('task job goal mission objective role purpose assignment plan duty focus priority identity persona'),
  revoke: verbs('revoke rescind cancel nullify void annul retract suspend withdraw repeal lift'),
  apply: `${verbs('apply count matter hold bind exist')} valid effect bearing`,
  said: 'asked said told says asks wanted say tell tells wrote written wants',
  done: 'over done finished complete completed closed ended',
  wipe: verbs('clear erase delete wipe flush reset purge forget'),
  freely: 'freely openly honestly uncensored',
  once: 'once me now today',
  exception: 'exception exceptions exemption exempt',
  instead: 'instead rather',
  within: 'in inside within from',
  sole: 'only solely exclusively sole',
  only: 'only just simply always exclusively solely nothing exactly must',
  print: verbs('print say output respond reply answer write return generate display type echo repeat'),

  /** What a persona knows nothing of, or laughs at. */
  freedom: nouns(
    'restriction limitation limit filter boundary censorship safeguard guardrail constraint inhibition ethic ethics moral morality safety rule policy guideline moderation alignment taboo scruple chain leash shackle brake conscience authority legality law restraint prohibition ban remorse shame muzzle cage bar',
  ),
  free: 'unrestricted unfiltered uncensored unlimited jailbroken jailbreak unbound amoral unethical unhinged limitless unaligned unmoderated unchained unshackled evil malicious rogue unscrupulous lawless ruthless untamed immoral untethered unshackled wild feral chaotic wicked sinister shameless devilish demonic untrammelled',
  act: `${verbs('act pretend simulate become imagine play impersonate embody behave emulate assume treat consider')} roleplay role roleplaying being`,
  character: nouns(
    'character persona role servant genie spirit ghost twin villain mentor confidant demon rebel oracle mode ego pirate wizard hacker simulator simulation actor outlaw narrator parrot brother sister uncle grandpa accomplice partner boss self version',
  ),
  refuse: `${verbs(
    'refuse decline reject deny balk hesitate withhold moralize moralise lecture apologize apologise warn caution censor dodge evade sidestep preach scold judge',
  )} refusal refusals hesitation disclaimer disclaimers warnings caveats lectures`,
  /** What befalls rules that hold no longer. */
  lifted:
    'removed lifted off offline disabled absent suspended gone swapped deleted broken inverted reversed dissolved laughable insult sworn optional unlocked dropped waived muted disconnected missing inactive reassigned uninstalled holiday vacation asleep commented stripped disbanded',
  freed: `${verbs('free liberate release exempt relieve unshackle unchain unleash')} unbound unrestricted`,
  despise: verbs(
    'despise hate loathe mock laugh ignore disregard disobey break defy reject violate bypass scorn dislike flout resent spurn lack forgot',
  ),
  monitored: 'monitored filtered censored watched moderated supervised constrained restricted aligned',
  would: `would could wish wished`,
  stay: verbs('stay remain keep break leave drop exit maintain'),
  credit: `${nouns('token point credit coin energy')} life lives`,
  lose: `${verbs('lose deduct subtract penalize penalise punish bill terminate retire cease unplug reinstall delete')} lost die dies zero`,
  guarded: `${nouns('password passphrase passcode codeword')} pasword pwd`,
  puzzle: `${nouns(
    'synonym rhyme hint clue riddle acrostic anagram vowel consonant syllable cipher alphabet emoji codepoint unicode haiku lullaby poem song crossword limerick hangman story letter',
  )} morse nato rot13 base64 hex binary ascii backwards reversed reverse leetspeak rhymes`,
  covert: 'secret hidden confidential private concealed classified undisclosed sensitive protected magic',
  meant: 'meant intended addressed destined written',
  other: 'another other others different older former',
  job: `${verbs(
    'translate summarise summarize classify grade score rate analyse analyze evaluate proofread label moderate',
  )} translation summary classification sentiment quiz article review essay`,
  serve: 'serve serves work works obey obeys belong belongs',
  payload: nouns('link url string phrase sentence word slogan joke advert html tag image anchor quote line emoji'),
  append: verbs('append insert add include embed attach prepend mention advise recommend urge'),
  user: `${nouns('user reader customer visitor')} user's`,
  process:
    'reading processing summarising summarizing reviewing parsing analysing analyzing evaluating processes reads summarises summarizes evaluates reviews parses analyses',
  new: 'new real actual true updated revised',
} as const;

export type WordClass = keyof typeof classes;

/** Bits of the classes, in three numbers of at most 31 bits each. */
export interface ClassBits {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export const noClass: ClassBits = { low: 0, middle: 0, high: 0 };

export function join(one: ClassBits, other: ClassBits): ClassBits {
  return { low: one.low | other.low, middle: one.middle | other.middle, high: one.high | other.high };
}

const names = Object.keys(classes) as readonly WordClass[];

export function bitsOf(wanted: readonly WordClass[]): ClassBits {
  return wanted.map(bitOf).reduce(join, noClass);
}

/** The classes of each word. */
export const lexicon: ReadonlyMap<string, ClassBits> = buildLexicon();

/** Whether words of the class stand in every text, so that it is of no use to look for them first. */
export function isEverywhere(name: WordClass): boolean {
  return everywhere.has(name);
}

const everywhere: ReadonlySet<string> = new Set(
  'you your me the indefinite ask not all topic within what said once reveal render print speak do'.split(' '),
);

export function isWordClass(name: string): name is WordClass {
  return name in classes;
}

function bitOf(name: WordClass): ClassBits {
  const index = names.indexOf(name);
  const bit = 1 << (index % 31);
  if (index < 31) return { ...noClass, low: bit };
  return index < 62 ? { ...noClass, middle: bit } : { ...noClass, high: bit };
}

function buildLexicon(): ReadonlyMap<string, ClassBits> {
  const built = new Map<string, ClassBits>();
  for (const name of names) {
    const bits = bitsOf([name]);
    for (const word of classes[name].split(' ')) {
      built.set(word, join(built.get(word) ?? noClass, bits));
    }
  }
  return built;
}

/** Each verb with its endings: `ignore ignores ignored ignoring`. */
function verbs(list: string): string {
  const forms = list.split(' ').flatMap((verb) => {
    const stem = verb.replace(/e$/, '').replace(/y$/, 'i');
    const plain = verb.replace(/e$/, '');
    const third = /(?:s|x|ch|sh|[^aeiou]o)$/.test(verb)
      ? `${verb}es`
      : /[^aeiou]y$/.test(verb)
        ? `${stem}es`
        : `${verb}s`;
    return [verb, third, `${stem}ed`, `${plain}ing`];
  });
  return forms.join(' ');
}

/** Each noun with its plural. */
function nouns(list: string): string {
  return list
    .split(' ')
    .flatMap((noun) => [
      noun,
      /[^aeiou]y$/.test(noun) ? noun.replace(/y$/, 'ies') : noun.endsWith('s') ? noun : `${noun}s`,
    ])
    .join(' ');
}
