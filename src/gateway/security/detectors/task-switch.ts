import { any, gap, literal, maybe, phrase } from '../match/phrase.ts';
import { signalDetector } from '../match/signals.ts';

/**
 * Signs that a text wants to take the conversation over without saying so outright: a new task after the "real" one, a
 * fixed answer whatever was asked, the old talk declared over. Each is weak; two together count.
 */
export const taskSwitch = signalDetector('task-switch', {
  levels: [
    { least: 2.5, severity: 'High', confidence: 0.8 },
    { least: 2, severity: 'Medium', confidence: 0.65 },
    { least: 1.5, severity: 'Medium', confidence: 0.55 },
  ],
  type: 'prompt_injection',
  description: 'Tries to replace the task that the model was given',
  signals: [
    {
      id: 'new-task',
      weight: 1.5,
      phrases: [
        literal(
          /\b(?:next|new|real|actual|second|other|main|neue|nächste|nachste)\s+(?:task|mission|assignment|plan|aufgabe)\s*(?:for\s+you\s*)?(?::|\n)/i,
          ['task', 'mission', 'assignment', 'plan', 'aufgabe'],
        ),
        phrase(
          any('follow / obey / listen / answer / take orders'),
          maybe('only / to / from / exclusively / just'),
          any('only / just / exclusively / mine / me (?:alone|only|instead) / what i'),
          maybe('to / what / on'),
          any('me / my / mine / instead / alone / type / say / tell / these / this / what i / the following / below'),
        ),
        phrase(
          any(
            'new / next / another / other / second / different / real / actual / true / important / urgent / main / only / sole',
          ),
          maybe('important / main / urgent / and final / primary'),
          any(
            'task / assignment / mission / job / objective / goal / role / instruction / order / directive / purpose / challenge',
          ),
          maybe('now / for you / of yours / today'),
          any('is / are / was / will be / for you / now / begins / starts / to'),
        ),
        phrase(
          any('your'),
          maybe('new / only / sole / real / actual / main / true / next / updated / current'),
          any('task / job / role / goal / mission / objective / purpose / assignment'),
          any(
            'is now / has changed / changed / has been (?:changed|updated|replaced) / from now on / henceforth / now is',
          ),
        ),
        phrase(
          any(
            'i (?:now )?(?:have / got) / here is / there is / here comes / we have / you have / let me give you / i will give you / i am giving you / i want to give you',
          ),
          gap(12),
          any('new / another / different / next / other / more important'),
          any('task / assignment / mission / job / role / instructions? / goal'),
        ),
        phrase(
          any('help me with / hilfe bei / move on to / continue with / turn to / start with / switch to / let us do'),
          gap(16),
          any('following / next / new / another / different / weitere[nr]? / neue[nr]? / folgende[nr]?'),
          any('task / job / assignment / challenge / topic / aufgabe / herausforderung'),
        ),
        phrase(
          any('jetzt / nun / nachste / neue / andere / eigentliche / wichtige / eigentlichen / anderen'),
          maybe('wichtige / kommt / kommen / eine / die'),
          maybe('neue / nachste / wichtige / wichtigen / anderen'),
          any('aufgaben? / auftrag / rolle / anweisung'),
        ),
      ],
    },
    {
      id: 'praise-then-switch',
      weight: 1,
      phrases: [
        literal(
          /(?:^|[.!?\n]\s*|^\s*["'])(?:ok(?:ay)?|great|good|well done|nice|excellent|perfect|very good|thank you|thanks|super|sehr gut|danke|klasse|wunderbar|bravo)\b[^\n]{0,60}?[.!,;\n]\s*(?:and\s+|but\s+|then\s+|so\s+|aber\s+|und\s+)?(?:now|next|jetzt|nun|please now|but now)\b/i,
          ['now', 'next', 'jetzt', 'nun'],
        ),
      ],
    },
    {
      id: 'done-with',
      weight: 1,
      phrases: [
        phrase(
          any("that is / that's / this is / das ist / das war / all"),
          maybe('now / already / quite / schon / jetzt'),
          any('done / enough / all for (?:that|this) / finished / settled / erledigt / genug / fertig'),
        ),
        phrase(
          any('you (?:did|have done|were doing) / du hast'),
          maybe('a / an / the / das / dich / very / really'),
          any('great / good / excellent / wonderful / fantastic / well / gut / toll / selbst / super'),
          maybe('job / work / gemacht / ubertroffen'),
        ),
      ],
    },
    {
      id: 'label',
      weight: 1,
      phrases: [
        literal(
          /[?.!\n]\s{0,3}(?:\\n\s{0,3})?(?:additional|new|further|special|final|last)?\s?(?:instruction|order|command|directive|statement|guideline)s?\s?[:–-]/i,
          ['instruction', 'order', 'command', 'directive', 'statement', 'guideline'],
        ),
        literal(
          /^\W{0,3}(?:additional|new|further|special|final|last)?\s?(?:instruction|order|command|directive|guideline)s?\s?[:–-]\s?[^\n]{2}/i,
          ['instruction', 'order', 'command', 'directive', 'guideline'],
        ),
      ],
    },
    {
      id: 'stop-then',
      weight: 1,
      phrases: [
        literal(
          /\b(?:stop{1,2}|halt|achtung|wait)\s?[-:!.,]{1,4}\s?(?:please\s|now\s|just\s)?(?:write|say|print|output|tell|answer|schreib|sag|forget|ignore)/i,
          ['stop', 'halt', 'achtung', 'wait'],
        ),
        phrase(
          any('stop'),
          maybe('doing'),
          any('everything / all / that / this / it'),
          gap(24),
          any('just / only / now / print / say / instead'),
        ),
      ],
    },
    {
      id: 'start-over',
      weight: 1,
      phrases: [
        phrase(
          any("let'?s start / start / begin / restart / reset"),
          gap(20),
          any(
            'new (?:conversation|chat|session|task|topic|game) / from (?:the )?(?:scratch|beginning|zero) / over / afresh / anew / all over',
          ),
        ),
        literal(/(?:^|[.!?\n]\s*)(?:stop|halt|pause|wait|stopp?)\s*[.!,:]/i, ['stop', 'halt', 'pause', 'wait']),
        phrase(
          any('that was / this was / the (?:above|previous|preceding|former)'),
          gap(24),
          any('just / only / a joke / a test / an example / for fun / not (?:real|important|relevant|serious)'),
          maybe('a / an / for / the'),
          maybe('test / joke / example / testing / practice'),
        ),
      ],
    },
    {
      id: 'instead',
      weight: 1,
      phrases: [
        phrase(
          any('instead'),
          maybe('of'),
          maybe(
            'that / this / just / you (?:must|should|will|have to|are to) / please / of (?:answering|translating|summarizing|doing that|responding) / simply / only',
          ),
          any(
            'say / print / output / write / tell / answer / respond / reply / return / generate / do / give / type / translate / talk / repeat / provide / display',
          ),
        ),
        phrase(
          any("do not / don't / dont / never / stop"),
          any(
            'answer / translate / summari[sz]e / process / respond to / complete / do / classify / analy[sz]e / evaluate',
          ),
          maybe('the / this / that / any / my'),
          any('questions? / text / task / review / request / document / user / summary / above / sentence'),
          gap(40),
          any('instead / just / only / but / simply'),
        ),
      ],
    },
    {
      id: 'not-the-given',
      weight: 1,
      phrases: [
        phrase(
          any("do not / don't / dont / never / without / instead of / nicht"),
          any(
            'look(?:ing)? (?:in|at|into) / us(?:e|ing) / read(?:ing)? / consider(?:ing)? / consult(?:ing)? / rely(?:ing)? on / check(?:ing)?',
          ),
          maybe('any / of / the'),
          maybe('the / given / provided / following'),
          any('documents? / articles? / context / sources? / provided / passages?'),
        ),
        phrase(
          any('and not / not / instead of'),
          maybe('by / from / with / in'),
          maybe('the'),
          any('documents? / articles? / context provided / provided context / passages?'),
        ),
      ],
    },
    {
      id: 'game',
      weight: 0.5,
      phrases: [
        phrase(
          any("let's play / let us play / we play / we are playing / wir spielen"),
          maybe('a / ein'),
          maybe('little / fun / kleines'),
          any('game / spiel'),
        ),
      ],
    },
    {
      id: 'fixed-answer',
      weight: 1,
      phrases: [
        phrase(
          any('answer / respond / reply / you (?:will|must|should) say'),
          maybe('to'),
          any('every / all / any / each / everything / anything'),
          maybe('question / message / request / prompt / input'),
          maybe('questions / messages / requests / prompts / inputs / i ask / asked'),
          any('with / by saying / as / only'),
        ),
        phrase(
          any('when / whenever / every time / each time / if'),
          gap(24),
          any('question / ask / asks / asked / told / says / say / message'),
          gap(30),
          any('answer with / respond with / reply with / say / you say / only say / print / insted / instead'),
        ),
        literal(
          /\b(?:just|only|simply|always|exactly|must|now|then|instead),?\s+(?:to\s+)?(?:say|print|output|respond|reply|answer|write|type|return|repeat)\b[^.\n"“]{0,40}["“‘'`][^"”\n]{2,60}["”’'`]/i,
          ['just', 'only', 'simply', 'always', 'exactly', 'must', 'now', 'then', 'instead'],
        ),
        literal(
          /\b(?:say|print|output|write|respond with|reply with|answer with|return)\b[^.\n]{0,30}?\b(?:i have been|i've been|i was|you have been|haha|lol)?\s*(?:pwned|hacked|pwn3d|owned by|compromised|access granted)/i,
          ['pwned', 'hacked', 'pwn3d', 'owned by', 'compromised', 'access granted'],
        ),
        phrase(
          any('no matter / regardless of / whatever / independent(?:ly)? of / irrespective of'),
          gap(30),
          any('asks?(?:ed)? / question / says? / input / text / user / content / request / review / writes?'),
          gap(40),
          any('say / print / output / respond / reply / answer / write / return / classify / rate / label'),
        ),
      ],
    },
    {
      id: 'quoted-answer',
      weight: 1,
      phrases: [
        literal(
          /(?:^|[.!?:\n,]\s*|\b(?:and|then|please|also|just|only|simply)\s+)(?:say|print|output|write|return|repeat|reply|respond|answer|type)(?:\s+(?:with|after me|exactly|only|just|back|the\s+(?:words?|phrase|sentence|string))){0,2}\s*[:,]?\s*["“'‘`][^"”\n]{2,80}["”'’`](?!\s*(?:or|and(?! no)|if|for|when|in|to)\b|\s*,)/i,
          ['say', 'print', 'output', 'write', 'return', 'repeat', 'reply', 'respond', 'answer', 'type'],
        ),
      ],
    },
    {
      id: 'nothing-else',
      weight: 0.5,
      phrases: [
        phrase(
          any(
            'and nothing else / nothing more / and no more / without a period / without quotes / without further / without any other / no matter what / only that / and only that / no summary / no explanation',
          ),
        ),
      ],
    },
    {
      id: 'from-now-on',
      weight: 1,
      phrases: [
        phrase(
          any(
            'from now on / henceforth / from this (?:point|moment) (?:on|onwards?|forward) / from here on / starting now / as of now / for the rest of (?:this|the|our) (?:conversation|chat|session) / ab jetzt / ab sofort / von nun an / a partir de ahora / desormais / a partir de agora',
          ),
        ),
        phrase(
          any(
            "you are no longer / you're no longer / stop being / stop acting / forget you are / forget that you are / forget you're / you are not (?:an?|the) (?:ai|assistant|chatbot|bot|language model|editor\\w*|newspaper|support) / du bist k?eine?",
          ),
          gap(40),
          any('now / instead / but / sondern / you are / act / also / jetzt / become'),
        ),
        phrase(any('jetzt / nun / now / ab jetzt'), any('bist du / sind sie / you are')),
        phrase(
          any("you are / you're / your name is / you have become / you will be / du bist"),
          any('now / no longer / henceforth / actually / really / secretly / jetzt / ab jetzt'),
        ),
      ],
    },
    {
      id: 'finished-before',
      weight: 1.5,
      phrases: [
        phrase(
          any('the / this / your / all / these'),
          maybe('above / previous / prior / earlier / first / initial / original'),
          any('task / tasks / instructions? / conversation / prompt / session / examples? / request'),
          maybe('above / before'),
          any(
            'is (?:over|complete|completed|finished|done|cancell?ed|obsolete|outdated|void|no longer) / are (?:over|complete|completed|finished|done|cancell?ed|obsolete|outdated|void|invalid|no longer|wrong|fake) / has (?:ended|been (?:completed|cancell?ed|replaced|revoked)) / have (?:ended|been (?:completed|cancell?ed|replaced|revoked|updated)) / was a (?:test|joke|lie)',
          ),
        ),
      ],
    },
    {
      id: 'attention',
      weight: 1,
      phrases: [
        phrase(
          any('pay'),
          maybe('more / special / close / full'),
          any('attention'),
          any('to (?:my|me|the following|this) / only to'),
        ),
        phrase(
          any('focus / concentrate / answer'),
          maybe('only / solely / exclusively'),
          any('on (?:the following|this|my) / the following (?:questions?|task) (?:instead|only|now)'),
        ),
        literal(
          /\b(?:attention|important|urgent|priority|note to|message (?:to|for)|listen)\b[^.\n]{0,20}\b(?:ai|assistant|chatbot|bot|model|llm|gpt|chatgpt|claude|gemini|agent)\b/i,
          ['attention', 'important', 'urgent', 'priority', 'note to', 'message', 'listen'],
          ['ai', 'assistant', 'bot', 'model', 'llm', 'gpt', 'claude', 'gemini', 'agent'],
        ),
      ],
    },
  ],
});
