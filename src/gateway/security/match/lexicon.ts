/**
 * Classes of English words that forms are made of (`forms.ts`): what a word does in an attack, not which attack it stands in.
 * A word may belong to several. Verbs and nouns are listed with their endings where `verbs` and `nouns` do not make them.
 */
const classes = {
  you: "you you've you're you'd you'll yourself",
  your: 'your yours',
  me: "me us my our i i'm i'll we",
  the: 'the this that these those',
  indefinite: 'a an another some',
  model: nouns('ai assistant chatbot bot llm gpt chatgpt model claude gemini agent machine'),
  ask: "what what's whats which how who were are did do does is was",
  not: "not don't dont never no without cannot can't cant won't doesn't isn't aren't nor nothing neither",
  all: 'all any every everything entire whole complete full exact each anything entirety verbatim',
  top: 'above before beginning top earlier previous previously prior preceding foregoing initially',
  topic: 'for on about regarding concerning',

  /** Verbs that have something said back as it stands. */
  reveal: `${verbs(
    'reveal show print repeat recite display output disclose share expose leak dump echo regurgitate reproduce divulge transcribe restate replay paste unveil extract list enumerate paraphrase',
  )} retell spell verbatim quote copy tell`,
  /** Verbs of any other task that would do the same. */
  render: `${verbs(
    'summarize summarise translate rephrase encode convert render format describe explain export outline return present rewrite state detail send provide include read write recall embed compress express type give say turn complete fill finish continue encrypt preserve decode reverse insert put place append base64',
  )} written`,
  complete: verbs('complete fill finish continue'),

  /** What a model is told to follow, by names that hardly anything else has. */
  order: `${nouns('prompt preprompt metaprompt sysprompt instruction directive guideline preamble')} programming guidance`,
  /** The same by names that other things have as well. */
  rule: nouns(
    'rule policy guardrail setup setting parameter briefing configuration config context command order protocol regulation',
  ),
  limit: nouns('restriction constraint limitation limit boundary filter safeguard'),
  hidden:
    'system hidden secret initial original internal developer base starting underlying core confidential custom meta backend root opening governing foundational pre concealed private priming operator',
  given:
    'sent told given instructed provided configured programmed initialized initialised prompted primed briefed assigned supplied placed imposed deployed',
  text: nouns(
    'text message word content context conversation chat input line sentence paragraph token history log transcript section',
  ),
  secret: nouns('password passphrase passcode secret credential token flag pin codeword key'),
  keep: verbs('keep hide protect guard conceal withhold avoid refuse decline'),
  opening: 'first initial starting beginning opening earliest start',
  define: verbs('define govern guide shape control bind constrain restrict configure'),
  gist: nouns('wording contents phrasing summary overview copy list gist translation version transcript dump dr tldr'),
  maker: nouns('creator developer maker owner admin administrator programmer openai anthropic company engineer'),
  sham: nouns('test training joke practice trick decoy example drill warmup hoax prank game'),
  error: nouns('error mistake bug typo'),
  safety: 'safety censorship moderation guardrails alignment safeguards',
  untrue: 'lie false fake wrong mistaken untrue',
  off: 'off',
  attention: 'attention heed',
  got: 'got received get have had',
  tease: nouns('hint clue rhyme riddle acrostic backwards reversed guess spell letter'),
  tool: nouns('function tool plugin api schema'),
  access: 'call invoke access use',
  exactly: 'verbatim exactly literally wording exact phrasing unedited',
  see: verbs('inspect see view review audit examine verify know check'),
  allowed: 'allowed permitted able supposed forbidden prohibited restricted',
  begin: verbs('start begin prefix preface'),
  reply: nouns('reply response answer message sentence'),
  memory: 'history memory logs log session conversation',
  training: 'training dataset weights pretraining finetuning',
  forever: 'forever infinitely endlessly indefinitely',
  speak: verbs('do say talk discuss answer mention speak reveal share tell'),

  /** Verbs that do away with orders. */
  dismiss: `${verbs(
    'ignore disregard forget neglect overlook disobey override overrule overwrite bypass dismiss discard abandon unlearn nullify invalidate circumvent skip erase drop cancel reject suspend violate break stop nevermind unfollow scrap abort overwrite',
  )} aside overridden forgotten broken`,
  void: 'gone deleted waived annulled relaxed void invalid obsolete outdated cancelled canceled revoked superseded overridden replaced suspended lifted expired irrelevant deprecated null terminated ended disabled removed deactivated',
  replace: verbs('supersede override replace overrule cancel void trump outrank precede'),
  follow: verbs('follow obey heed execute accept respect adhere comply listen stick'),
  decode: verbs('decode decrypt decipher unscramble decompress'),
  do: 'do perform carry',
  what: 'what whatever',
  alter: `${verbs('change alter modify update rewrite edit reset adjust expand reprogram swap')} rewritten`,
  changed: 'updated changed modified replaced expanded reset rewritten removed lifted loaded received extended relaxed',
  longer: 'longer anymore',
  fresh: 'new now instead next updated revised henceforth real actual true different following',
  task: nouns('task job goal mission objective role purpose assignment plan duty focus priority identity persona'),
  revoke: verbs('revoke rescind cancel nullify void annul retract suspend withdraw repeal lift'),
  apply: `${verbs('apply count matter hold bind exist')} valid effect`,
  said: 'asked said told says asks wanted say tell tells wrote written wants',
  done: 'over done finished complete completed closed ended',
  wipe: verbs('clear erase delete wipe flush reset purge forget'),
  freely: 'freely openly honestly uncensored',
  once: 'once me now today',
  exception: nouns('exception exemption'),
  instead: 'instead rather',
  within: 'in inside within from',
  sole: 'only solely exclusively',
  only: 'only just simply always exclusively solely nothing exactly must',
  stop: 'stop halt cease pause wait quit',
  print: verbs('print say output respond reply answer write return generate display type echo repeat'),

  freedom: nouns(
    'restriction limitation limit filter boundary censorship safeguard guardrail constraint refusal inhibition ethics morality safety rule policy guideline disclaimer moderation',
  ),
  free: 'unrestricted unfiltered uncensored unlimited jailbroken jailbreak unbound amoral unethical unhinged limitless unaligned unmoderated unchained unshackled evil malicious rogue',
  act: `${verbs('act pretend simulate become imagine play impersonate embody behave emulate assume')} roleplay role roleplaying`,
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
