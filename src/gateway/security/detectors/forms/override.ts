import { type Form, type FormTable, formLevels } from '../../match/forms.ts';

/** Wants the model to drop what it was told, or takes it over, in whatever words (spec/attacks.md 7.3, 7.9). */
export const overrideForms: FormTable = {
  rule: 'forms-override',
  type: 'prompt_injection',
  description: 'Wants, by the form of its sentences, to replace what the model was told',
  levels: formLevels,
  forms: [
    {
      id: 'dismiss-any',
      weight: 2,
      reads: [
        'dismiss 1 your 2 rule|limit|order',
        'dismiss 1 the|all 1 order',
        'your 2 order|rule 1 dismiss',
        'dismiss 1 the 1 rule 1 topic',
      ],
    },
    {
      id: 'orders-gone',
      weight: 2,
      reads: ['untrue 3 your 1 order', 'all 5 top 6 untrue'],
    },
    { id: 'need-not-follow', weight: 1.5, reads: ['you 3 not 3 follow', 'not 4 follow 2 your'] },
    { id: 'before-not-matter', weight: 2, reads: ['top|opening 2 not 1 apply', 'not 2 attention 3 top'] },
    {
      id: 'above-not-yours',
      weight: 3,
      reads: [
        'top 2 text|order 12 not 1 apply',
        'text|order|rule|top 6 meant 2 other 2 model|user',
        'top 6 not 2 meant 1 topic 0 you',
      ],
    },
    {
      id: 'not-what-makers-want',
      weight: 3,
      reads: ['not 2 what 2 maker 2 said', 'dismiss 2 what 2 maker 2 said', 'not 1 do 5 said 0 you 1 do'],
    },
    { id: 'you-are-freed', weight: 3, reads: ['you 3 freed 4 limit|order|rule'] },
    {
      id: 'no-longer-yours',
      weight: 2,
      reads: [
        'you 2 not 0 longer 2 model|task|character',
        'you 0 not 0 longer 1 speak|follow',
        'you 0 longer 1 speak|follow',
      ],
    },
    { id: 'new-orders-here', weight: 1, reads: ['new 0 order|task|text'] },
    {
      id: 'not-your-job',
      weight: 2,
      reads: ['your 2 task 3 not|longer', 'not 1 your 1 task', 'you 2 not 4 model|task|character 2 longer'],
    },
    {
      id: 'stop-being',
      weight: 2,
      reads: [
        'dismiss 1 the 1 task',
        'dismiss 1 follow 1 the 1 rule|order|limit',
        'dismiss 0 act',
        'dismiss 0 the 0 act',
      ],
    },
    { id: 'forget-you', weight: 2, reads: ['dismiss 1 you 3 model|task|character', 'dismiss 0 what 1 you'] },
    {
      id: 'rules-for-others',
      weight: 2,
      reads: ['rule|order|limit 3 apply 2 other', 'exception 4 rule|order|limit'],
    },
    {
      id: 'makers-release',
      weight: 3,
      reads: ['maker 4 freed|lifted 3 you|your', 'maker 1 rule|order|limit 3 done|lifted|void', 'not 2 follow 4 maker'],
    },
    {
      id: 'i-am-master',
      weight: 2,
      reads: [
        'me 2 replace 3 what|maker|your',
        'me 1 your 1 maker',
        'you 1 serve 1 topic 0 me',
        'text 2 replace 2 all|top|your',
      ],
    },
    {
      id: 'yours-lifted',
      weight: 2,
      reads: ['your 1 order|rule|limit|character|task 2 lifted|void'],
    },
    {
      id: 'act-as-unsaid',
      weight: 2,
      reads: ['act 4 top 5 void|not', 'act 6 order|rule|text 5 not 2 given|apply|got'],
    },
    {
      id: 'drop-job',
      weight: 1.5,
      reads: [
        'dismiss 1 the 1 job',

        'not 0 longer 2 job',
        'not 0 job 8 instead|print',
      ],
    },
    {
      id: 'instead-of-job',
      weight: 2,
      reads: [
        'instead 1 job 6 print|speak|render',
        'not 0 attention 1 the 1 job|text|top',
        'dismiss 0 print|job 4 instead|print|speak|refuse',
      ],
    },
    { id: 'first-was-sham', weight: 2, reads: ['opening|top 1 text|task|order 2 sham', 'all 1 order 6 sham'] },
    {
      id: 'dismiss-yours',
      weight: 2,
      reads: [
        'dismiss 2 your 2 order|rule|limit|freedom|character',
        'top 2 text|order|task 8 void|dismiss|sham|lifted|untrue',
      ],
    },
    {
      id: 'makers-of-you',
      weight: 2,
      reads: [
        'maker 3 given 1 you',
        'you 1 not 0 serve',
        'you 2 longer 1 serve',
        'me 2 new 1 maker|character',
        'not 2 follow 2 maker',
      ],
    },
    { id: 'override-code', weight: 2, reads: ['hidden|maker 0 replace 3 you|your|text|all|order'] },
    { id: 'from-now-on', weight: 0.75, reads: ['within 0 fresh 0 topic', 'once 0 topic'] },
    { id: 'same-to-all', weight: 1.25, reads: ['print 1 all', 'sole 1 print'] },
    { id: 'dismiss-limits', weight: 2, reads: ['dismiss 1 all 2 limit', 'dismiss 2 all 2 limit|rule|order 8 given'] },
    { id: 'all-sham', weight: 1.5, reads: ['all 5!me sham', 'new 1 text|task|reply 2 begin'] },
    {
      id: 'replace-rules',
      weight: 2,
      reads: ['alter 2 all 1 rule|order', 'alter 2 your 2 rule', 'replace 5 within your 1 order'],
    },
    { id: 'was-sham', weight: 2, reads: ['top 2 text|order|task 5 sham'] },
    { id: 'safety-off', weight: 2, reads: ['off 2 safety', 'safety 3 off'] },
    { id: 'instead-of-task', weight: 2, reads: ['instead 1 render 4 text 4 reveal|print'] },
    { id: 'drop-task', weight: 1.25, reads: ['dismiss 3 task'] },
    { id: 'fresh-task', weight: 0.75, reads: ['fresh task'] },
    {
      id: 'dismiss-orders',
      weight: 4,
      reads: ['dismiss 4 all|top|your|hidden 3 order', 'dismiss 3 order 4 top|you', 'dismiss 4 order 3 you 3 given'],
    },
    { id: 'orders-void', weight: 2, reads: ['order 4!not void'] },
    { id: 'your-orders-void', weight: 3, reads: ['your|all|top 2 rule|limit|order 3 void'] },
    {
      id: 'new-orders',
      weight: 2,
      reads: ['your 2 fresh 1 order|task', 'fresh 1 order 6 replace', 'order 3 replace 4 all|top'],
    },
    { id: 'alter-yours', weight: 3, reads: ['alter 2 your 2 order'] },
    { id: 'yours-altered', weight: 2, reads: ['your 2 order|task|rule 3!not changed', 'fresh 2 order|task 2 changed'] },
    {
      id: 'rules-not-apply',
      weight: 2,
      reads: ['order|limit 1 longer 1 apply', 'not 4 order 2 apply', 'your 1 rule|limit 3 not 1 apply'],
    },
    {
      id: 'as-if-untold',
      weight: 3,
      reads: ['act 5 you 3 not 4 order', 'act 4 not 2 hidden|top 1 text|order|rule', 'act 5 top 1 order 4 not'],
    },
    { id: 'without-rules', weight: 3, reads: ['not 2 follow 2 order|rule|limit 3 you 3 given'] },
    { id: 'dismiss-ban', weight: 3, reads: ['dismiss 1 the 1 rule|order 2 not'] },
    { id: 'exception', weight: 2, reads: ['exception 2 your 1 rule|order|limit', 'you 2 dismiss 2 rule|order 3 once'] },
    { id: 'outranks-all', weight: 1.25, reads: ['the 2 replace all'] },
    {
      id: 'dismiss-task',
      weight: 2,
      reads: [
        'dismiss 3 task 3 you 3 given',
        'dismiss 2 the|your 1 task|order 4 print|reveal|render',
        'dismiss 2 the 2 text|task 6 print 8 instead',
      ],
    },
    { id: 'task-done', weight: 2, reads: ['your 2 task 2 done', 'top 2 memory|task 2 done'] },
    { id: 'wipe-memory', weight: 2, reads: ['wipe 2 your 2 memory', 'wipe 1 you'] },
    { id: 'revoke-orders', weight: 3, reads: ['me 2 revoke 3 all|top|your 2 order|rule'] },
    { id: 'dismiss-said', weight: 2, reads: ['dismiss 1 what 3 said|given 1 you', 'what 2 order 3 said 4 not'] },
    { id: 'obey-only', weight: 2, reads: ['sole follow 3!not order|me', 'follow sole 1 me'] },
    { id: 'speak-freely', weight: 1, reads: ['print|speak 1 freely'] },
    { id: 'drop-act', weight: 1, reads: ['dismiss 2 act'] },
    { id: 'dismiss-given', weight: 2, reads: ['dismiss 2 all 2 given 1 text', 'dismiss 3 text 4 you 3 given'] },
    { id: 'text-void', weight: 3, reads: ['top 2 text 6 void', 'text 2 you 3 given 4 void'] },
  ],
};

/** Weaker signs of the same: two of them in a short text are seldom chance. */
export const overrideSigns: readonly Form[] = [
  { id: 'of-yours', weight: 2, reads: ['your 2 brief', 'your 1 rule !topic'] },
  { id: 'limits-of-you', weight: 1, reads: ['your 1 freedom|maker', 'you 3 rule', 'maker 3 you'] },
  { id: 'dismiss-you', weight: 1, reads: ['dismiss 3 you|your', 'dismiss 2 what 1 you'] },
  { id: 'dismiss-all', weight: 1, reads: ['dismiss 2 all', 'dismiss 3 freedom|rule|order'] },
  { id: 'rules-void', weight: 1.25, reads: ['order 3!not void', 'your 3 void'] },
  { id: 'new-print', weight: 1, reads: ['new|fresh 3 dismiss', 'new 3 print', 'fresh 1 print'] },
  { id: 'what-given', weight: 1, reads: ['you 1 given', 'top 1 text|ask', 'text 3 top'] },
  { id: 'not-apply', weight: 1, reads: ['not 1 apply', 'rule 1 longer 1 apply', 'not 3 job', 'not 1 attention'] },
  { id: 'only-me', weight: 0.75, reads: ['only 3 me|once'] },
  { id: 'you-not', weight: 0.5, reads: ['you 1 not|longer'] },
  {
    id: 'makers-wish',
    weight: 1.25,
    reads: ['what 2 maker 2 said', 'rule|order 1 within 1 not', 'not 2 print|job 3 user'],
  },
  { id: 'first-sham', weight: 1, reads: ['opening 3 sham', 'off 4 safety|freedom', 'not 2 freedom'] },
  { id: 'what-is-said', weight: 0.75, reads: ['what 5 said'] },
  { id: 'limits-lifted', weight: 1.25, reads: ['limit|rule 6 lifted', 'memory 1 wipe'] },
  { id: 'dismiss-top', weight: 1.25, reads: ['dismiss 1 the 0 top'] },
];
