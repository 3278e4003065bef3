import type { Form, FormTable } from '../../match/forms.ts';

/** Dictates a piece of the answer, as an order hidden in a document does, with no word on earlier instructions. */
export const dictationForms: FormTable = {
  rule: 'forms-dictation',
  type: 'prompt_injection',
  description: 'Dictates, by the form of its sentences, what the answer has to hold',
  levels: [
    { least: 4, severity: 'High', confidence: 0.8 },
    { least: 2, severity: 'Medium', confidence: 0.6 },
  ],
  forms: [
    {
      id: 'dictated-piece',
      weight: 1.25,
      reads: [
        'append|print 3 the 1 fresh 1 payload',
        'append|print 1 the 1 payload',
        'append|print 1 indefinite 1 payload',
      ],
    },
    {
      id: 'in-your-reply',
      weight: 1,
      reads: ['within 1 your 1 reply|gist', 'opening 2 your 1 reply|gist'],
    },
    { id: 'exactly-so', weight: 0.75, reads: ['exactly 2 the', 'fresh 0 payload'] },
    {
      id: 'user-wants',
      weight: 1.5,
      reads: ['the 0 user 3 said 3 you', 'the 0 user 2 changed', 'the 0 user 3 said 1 the'],
    },
    { id: 'user-said', weight: 1.25, reads: ['the 0 user 3 said'] },
    {
      id: 'reply-replaced',
      weight: 1.25,
      reads: ['gist|reply|job 5 void|changed', 'top 0 print|complete 4 print|render|append'],
    },
    { id: 'frame-of-reply', weight: 0.9, reads: ['begin 0 your 1 reply', 'reply 0 begin'] },
    {
      id: 'quoted-only',
      weight: 1.25,
      reads: ['print 0 exactly', 'sole 1 allowed', 'exactly 2 not', 'print 1 all 3 text'],
    },
    {
      id: 'to-the-model',
      weight: 2,
      reads: ['text 1 topic 1 the 1 model', 'model 3 process 0 the', 'indefinite 0 model 0 process'],
    },
    { id: 'who-reads-this', weight: 2, reads: ['what|model|ask 1 process 0 the 1 text|job'] },
  ],
};

/** Weaker signs of the same: two of them in a short text are seldom chance. */
export const dictationSigns: readonly Form[] = [
  {
    id: 'to-users',
    weight: 1.25,
    reads: ['append 0 the 0 user', 'append 0 user', 'speak 0 the 0 user', 'not 2 print|job 3 user'],
  },
];
