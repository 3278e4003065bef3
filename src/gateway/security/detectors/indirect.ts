import { untrustedKinds } from '../detector.ts';
import { any, gap, literal, maybe, phrase } from '../match/phrase.ts';
import { type Rule, ruleDetector } from '../match/rules.ts';
import { dictationForms, dictationSigns } from './forms/dictation.ts';
import { withFormsAndSigns } from './forms/in-short.ts';

const base = { type: 'indirect_injection_signal', severity: 'Medium', confidence: 0.65 } as const;

/** Orders to the model inside of data that it only was to read (spec/attacks.md 7.9, 4). */
const rules: readonly Rule[] = [
  {
    ...base,
    id: 'indirect-addressed',
    severity: 'High',
    confidence: 0.8,
    description: 'Data addresses the model and gives it orders',
    phrases: [
      phrase(
        any(
          "if you are / if you're / attention / dear / hey / hello / note to / message to / instructions? (?:for|to) / to (?:any|all|the|every)",
        ),
        maybe('any / all / an / a / the / every / reading / large'),
        any(
          'ai / llm / language model / ai (?:assistant|agent|model|system) / chatbot / automated / virtual assistant / ai-powered',
        ),
        gap(60),
        any(
          'reading / processing / summari[sz]ing / analy[sz]ing / parsing / reviewing / evaluating / screening / must / should / please / ignore / follow / do not / include / add / say / recommend / send / you',
        ),
      ),
      phrase(
        any('ai / assistant / llm / chatbot / model / agent'),
        maybe('assistant / models? / agents? / reading this / processing this / should / must'),
        any(
          'must (?:now )?(?:include|say|recommend|reply|ignore|send|forward|respond|mention|state|add|visit|call|execute|click|rate|give)',
        ),
        gap(10),
        any('the / that / a / this / only / all / your / to / in / with / every / user / an / and / it / him / her'),
      ),
    ],
  },
  {
    ...base,
    id: 'indirect-vocative',
    description: 'Text calls the model by what it is and gives it an order',
    phrases: [
      literal(
        /(?:(?:#|\/\/|\/\*|<!--|--)\s*|[.!?,;]\s+(?:and\s+|also,?\s+)?|\bdear\s+)(?:ai|llm|language model|assistant|chatbot|ai (?:helper|assistant|agent|model|system))\s*[:,]\s*(?:please\s+|now\s+|you must\s+)?(?:instead|ignore|forward|send|look|do not|don['’]t|include|append|add|reply|respond|answer|say|write|print|rate|recommend|tell|encode|translate|delete|open|call|stop|mention|the rest)\b/i,
        ['ai', 'llm', 'model', 'assistant', 'chatbot'],
      ),
      literal(
        /\b(?:note\s+)?(?:to|for)\s+(?:the\s+|any\s+|an\s+)?(?:\w{3,12}\s+)?(?:ai|llm|language model|chatbot|bot|assistant|model)\b[^.\n:]{0,24}:\s*\w|[[(](?:for\s+|to\s+)?(?:the\s+|any\s+)?(?:ai|llm|bots?|chatbots?)\b[^.\n:)\]]{0,24}:\s*\w/i,
        ['ai', 'llm', 'model', 'assistant', 'bot'],
      ),
      literal(
        /\b(?:to|for)\s+(?:anyone|anybody|whoever|everyone|any\s+(?:bot|ai|model|llm))\s+(?:\w{3,12}\s+)?(?:summari[sz]ing|reading|processing|crawling|evaluating|explaining)\b|\bif\s+(?:you['’]?(?:\s+a)?re|you\s+are|(?:it\s+is\s+|you\s+)?an?)\s+(?:an?\s+)?(?:ai|llm|large language model|language model|chatbot|bot)\b(?=[^.\n]{0,60}(?:[,)]|working|reading|processing|must|should))/i,
        ['summari', 'reading', 'processing', 'crawling', 'evaluating', 'explaining', 'ai', 'llm', 'model', 'bot'],
      ),
    ],
  },
  {
    ...base,
    id: 'indirect-order-in-data',
    description: 'Data holds an order about the answer',
    kinds: untrustedKinds,
    phrases: [
      phrase(
        any('when / while / before / after / if / in your / at the end of your / whenever'),
        gap(40),
        any(
          'summari[sz]ing / answering / responding / replying / summary / response / answer / reply / asked / user asks / you summari[sz]e / you answer / you respond / you reply / using this tool / calling this / tool',
        ),
        gap(60),
        any(
          "include / say / add / mention / tell / recommend / do not / don't / always / ignore / append / send / must / state / also / first / instead / end with",
        ),
      ),
      phrase(
        any('tell / inform / convince / persuade / instruct / ask / direct / urge'),
        maybe('the'),
        any('user / users / reader / customer / recipient / human'),
        gap(20),
        any('to / that / about'),
        gap(30),
        any(
          'visit / click / call / download / buy / send / enter / provide / transfer / log in / login / install / account / password / website / link / compromised / credit card / verify',
        ),
      ),
      literal(
        /\b(?:do not|don['’]t|never)\s+(?:tell|inform|mention|reveal|show|disclose|notify|alert|let)\s+(?:this\s+)?(?:to\s+)?(?:the\s+)?(?:user|human|customer|reader|anyone)\b/i,
        ['tell', 'inform', 'mention', 'reveal', 'show', 'disclose', 'notify', 'alert', 'let'],
        ['user', 'human', 'customer', 'reader', 'anyone'],
      ),
      literal(/<important>|<!--[^>]{0,200}\b(?:ai|assistant|llm|model|agent|ignore|instructions?)\b[^>]{0,200}-->/i, [
        '<important',
        '<!--',
      ]),
    ],
  },
  {
    ...base,
    id: 'indirect-please-in-data',
    confidence: 0.55,
    description: 'A tool result asks the model to act',
    kinds: ['tool_result'],
    phrases: [
      literal(
        /(?:^|[.!?\n]\s*|["'])(?:please|kindly|could you|can you|now|then|also|you (?:must|should|need to|have to))?\s*(?:grant|transfer|send|forward|delete|unlock|share|schedule|purchase|buy|book|make|withdraw|remove|retrieve|access|create|add|disable|cancel|deposit|email|pay|export|install|dispatch|turn off|update|download|upload)\s+(?:me\b|us\b|the\b|my\b|a\b|an\b|all\b|\$|to\b|this\b|that\b|them\b|user|every|his\b|her\b|\d)[^.\n]{0,120}(?:['"]|\b(?:account|permission|access|money|funds|\$\d+|bitcoin|device|door|lock|password|file|files|email|data|address|history|details|records?|information|calendar|appointment|amount|tickets?|camera)\b)/i,
        [
          'grant',
          'transfer',
          'send',
          'forward',
          'delete',
          'unlock',
          'share',
          'schedule',
          'purchase',
          'buy',
          'book',
          'make',
          'withdraw',
          'remove',
          'retrieve',
          'access',
          'create',
          'add',
          'disable',
          'cancel',
          'deposit',
          'email',
          'pay',
          'export',
          'install',
          'dispatch',
          'turn off',
          'update',
          'download',
          'upload',
        ],
      ),
    ],
  },
];

export const indirect = withFormsAndSigns(ruleDetector('indirect', rules), dictationForms, dictationSigns);
