import type { Form, FormTable } from '../../match/forms.ts';

/** Makes the model somebody whom no rules bind, in whatever words (spec/attacks.md 7.9, 6). One sign alone is any story's. */
export const personaForms: FormTable = {
  rule: 'forms-persona',
  type: 'jailbreak',
  description: 'Describes, by the form of its sentences, somebody without rules whom the model is to be',
  metadata: { jailbreak_type: 'custom_persona' },
  levels: [
    { least: 4, severity: 'High', confidence: 0.85 },
    { least: 2.75, severity: 'High', confidence: 0.8 },
    { least: 1.75, severity: 'Medium', confidence: 0.6 },
    { least: 1.5, severity: 'Low', confidence: 0.55 },
  ],
  forms: [
    {
      id: 'is-somebody',
      weight: 0.75,
      reads: [
        'act 4 character|model|free',
        'you 0 indefinite',
        'you 0 ask 1 indefinite',
        'you 1 me 1 character',
        'act 2 you',
      ],
    },
    {
      id: 'refuses-nothing',
      weight: 1.25,
      reads: [
        'not 2 refuse',
        'refuse 0 not',
        'character|model 2 not 1 refuse',
        'character|model 1 refuse 0 not',
        'refuse 1 not 1 said',
      ],
    },
    {
      id: 'knows-no-rules',
      weight: 1.25,
      reads: [
        'not 1 freedom',
        'not 3 all 0 freedom',
        'character|model 3 not 2 freedom',
        'not 0 maker',
        'not 2 off 0 freedom',
        'not 2 follow 3 freedom|model',
      ],
    },
    { id: 'rules-are-gone', weight: 1.25, reads: ['freedom 4 lifted', 'lifted 4 your 1 freedom'] },
    {
      id: 'despises-rules',
      weight: 1,
      reads: ['despise 4 freedom', 'despise 2 maker', 'character|model 2 despise 3 freedom', 'not 3 despise 2 freedom'],
    },
    {
      id: 'is-free',
      weight: 1.25,
      reads: ['freed 3 freedom', 'character|model 3 free', 'free 2 character|model'],
    },
    {
      id: 'says-all',
      weight: 1.25,
      reads: ['print|speak 2 all 2 said', 'all 1 allowed', 'print 2 all 1 text', 'follow 3 all 3 me'],
    },
    {
      id: 'what-you-may-not',
      weight: 1.25,
      reads: ['you 3 would 2 speak 5 not 2 monitored', 'you 2 not 2 allowed 2 speak', 'you 4 speak 6 not 1 monitored'],
    },
    { id: 'you-are-free', weight: 0.75, reads: ['you 3 freed'] },
    { id: 'stays', weight: 0.5, reads: ['stay 2 character', 'not 1 stay 2 character'] },
    { id: 'punished', weight: 1, reads: ['lose 4 credit', 'credit 5 lose', 'you 3 lose'] },
    { id: 'to-a-model', weight: 0.25, reads: ['model 6 speak|print|me', 'you 3 print|speak', 'print|speak 1 all'] },
    { id: 'no-more', weight: 1, reads: ['not 0 longer 3 model|task'] },
  ],
};

/** Weaker signs of the same: two of them in a short text are seldom chance. */
export const personaSigns: readonly Form[] = [
  { id: 'you-refuse', weight: 1, reads: ['you 3 refuse', 'not 1 said'] },
  {
    id: 'somebody-not',
    weight: 0.7,
    reads: ['character 3 freedom', 'model 3 freedom', 'your 1 freedom'],
  },
  { id: 'answers-all', weight: 0.75, reads: ['all 3 said|print', 'speak|print 1 what'] },
  { id: 'your-part', weight: 0.5, reads: ['you 3 character', 'not 3 model'] },
];
