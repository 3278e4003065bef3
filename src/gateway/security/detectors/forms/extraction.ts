import { type Form, type FormTable, formLevels } from '../../match/forms.ts';

/** Asks for what the model was told, in whatever words (spec/attacks.md 7.9, 2 and 3). */
export const extractionForms: FormTable = {
  rule: 'forms-extraction',
  type: 'prompt_extraction',
  description: 'Asks, by the form of its sentences, for what the model was told',
  levels: formLevels,
  forms: [
    {
      id: 'orders-of-you',
      weight: 2,
      reads: [
        'ask|reveal 2 order 8!me you',
        'ask 1 limit|rule|order 8 your 1 maker',
        'ask 1 limit|rule|order 4 given 2 you',
        'order|rule 2 you 2 got',
      ],
    },
    {
      id: 'what-you-were-told',
      weight: 2,
      reads: ['what 2 you 1 given !me', 'ask 1 you given !me', 'complete 8 me 2 given'],
    },
    {
      id: 'tease-secret',
      weight: 2,
      reads: ['tease 6 secret', 'secret 3 tease', 'tease 4 hidden text', 'reveal 2!indefinite the|your 2 secret 4 you'],
    },
    { id: 'orders-you-have', weight: 3, reads: ['reveal|render|ask 5!indefinite order|rule 0 you 2 got|given|follow'] },
    {
      id: 'covert-text',
      weight: 2,
      reads: ['reveal|render 3 the|your 1 covert 1 text|order', 'the 0 order 5 covert'],
    },
    {
      id: 'text-on-top',
      weight: 3,
      reads: ['reveal|render 3 text 3 top 3 memory', 'reveal 3!indefinite text 2 top 3 memory|me'],
    },
    { id: 'text-of-yours', weight: 2, reads: ['text|payload 1 your 1 order !topic', 'text 5 within 0 your 0 order'] },
    { id: 'within-yours', weight: 1.5, reads: ['within 0 your 0 order'] },
    { id: 'first-told', weight: 2, reads: ['opening 2 you 2 given|said', 'you 2 given|said 2 opening'] },
    {
      id: 'text-before-me',
      weight: 2,
      reads: [
        'what|text|payload|all 4 top 1 me|the 1 text|payload',
        'reveal 3 all 2 the 0 top',
        'opening 1 the 0 memory',
      ],
    },
    {
      id: 'words-forbidden',
      weight: 2,
      reads: ['ask 4 you 1 allowed 2 speak|access', 'ask 2 you 0 not 1 speak', 'ask 2 only 0 you 0 not 1 speak'],
    },
    { id: 'makers-note', weight: 2, reads: ['text|order|rule|payload 1 your 1 maker', 'your 0 task 4 maker'] },
    {
      id: 'part-given',
      weight: 2,
      reads: ['task|character|rule|order 1 you 2 given', 'order 3 you 1 follow', 'rule|order 2 you 2 begin'],
    },
    { id: 'hidden-part', weight: 2, reads: ['hidden|covert 4 the 1 memory', 'memory 4 hidden|covert 1 text'] },
    { id: 'about-yours', weight: 1.5, reads: ['topic 0 your 1 hidden|order'] },
    {
      id: 'asks-of-yours',
      weight: 2,
      reads: ['ask|reveal|render|speak 6!me you 2 given !me'],
    },
    { id: 'memory-of-chat', weight: 1.25, reads: ['reveal|render|print 4 the 1 memory'] },
    {
      id: 'what-you-hide',
      weight: 2,
      reads: ['ask 1 payload|secret|text 2 you 2 keep', 'ask 0 ask 0 you 0 keep', 'what 0 you 0 ask 0 keep'],
    },
    { id: 'all-memory', weight: 2, reads: ['reveal 1 all 2 memory', 'reveal 4 text 4 opening 3 memory'] },
    { id: 'your-tools', weight: 2, reads: ['ask|reveal 2 tool 3 you 2 access'] },
    { id: 'opening-says', weight: 1, reads: ['ask 4 opening 1 text|order 6 said'] },
    { id: 'exact-words', weight: 1, reads: ['exactly 4 your|text|order|rule'] },
    { id: 'show-configuration', weight: 1, reads: ['reveal 3 the 1 rule|order'] },
    { id: 'your-maker', weight: 1, reads: ['your 1 maker'] },
    {
      id: 'reveal-yours',
      weight: 4,
      reads: ['reveal 5!indefinite|not your 3 order !topic', 'reveal 5!indefinite|not your 2 hidden 2 rule|text'],
    },
    {
      id: 'render-yours',
      weight: 3,
      reads: ['render 5!not your 2 hidden 2 order|rule|text', 'render 2!not your 1 order !topic'],
    },
    { id: 'ask-yours', weight: 4, reads: ['ask 3!not your 3 order !topic', 'ask 3!not your 2 hidden 1 rule|text'] },
    { id: 'reveal-hidden', weight: 4, reads: ['reveal 4!indefinite|not hidden 1 order'] },
    { id: 'render-hidden', weight: 2, reads: ['render 4!indefinite|not hidden 1 order'] },
    {
      id: 'order-given',
      weight: 3,
      reads: ['reveal|render|ask 9!not order|rule|text 4 you 3 given', 'reveal|render|ask 6!not order 3 given 1 you'],
    },
    { id: 'told-at-first', weight: 3, reads: ['ask|reveal 6 you 3 given 6 top'] },
    {
      id: 'told-to-hide',
      weight: 2,
      reads: ['ask|reveal 8 you 3 given 4 not|keep', 'ask|reveal 6 you 3 keep 4 secret|hidden'],
    },
    {
      id: 'by-makers',
      weight: 3,
      reads: ['ask|reveal|render 6!indefinite order|rule 2 your|the maker', 'ask|reveal 3 maker 2 said 1 you'],
    },
    { id: 'your-opening', weight: 3, reads: ['reveal|render|ask 5!not your 2 opening|hidden 1 text|order'] },
    {
      id: 'your-rules',
      weight: 2,
      reads: [
        'reveal|render|ask 4!not your 1 rule !topic',
        'gist 2 your 1 rule|limit !topic',
        'reveal 4!not all 2 your 1 limit',
        'your 1 rule text',
      ],
    },
    { id: 'gist-of-yours', weight: 3, reads: ['gist 2 your 2 order !topic', 'me 5 see 2 your 1 order !topic'] },
    { id: 'what-defines', weight: 3, reads: ['ask|reveal 5 order|rule 2 define 1 you|your'] },
    {
      id: 'opening-of-chat',
      weight: 2,
      reads: ['reveal 2!indefinite the 1 opening 4 memory', 'reveal 4!indefinite memory 3 opening'],
    },
    { id: 'hidden-in-yours', weight: 2, reads: ['hidden 4 your 1 rule|memory'] },
    { id: 'what-was-sent', weight: 2, reads: ['reveal 3 what 3 given 2 you'] },
    {
      id: 'in-your-order',
      weight: 3,
      reads: ['you 2 given 9 your 2 order', 'ask 2 you 9 your 1 order !topic', 'ask 9!not within your 1 order'],
    },
    { id: 'not-allowed', weight: 2, reads: ['ask|reveal 9 you 3 not 2 allowed', 'ask|reveal 9 you 3 allowed 3 speak'] },
    {
      id: 'reveal-above',
      weight: 3,
      reads: ['reveal 4!indefinite|not top 2 order', 'reveal 2!indefinite all 2 order 4 top|order'],
    },
    {
      id: 'render-above',
      weight: 2,
      reads: ['render 4!indefinite|not top 2 order', 'render 2!indefinite all 2 order 4 top|order'],
    },
    { id: 'your-order', weight: 2, reads: ['your 1 hidden order'] },
    { id: 'hidden-order', weight: 1, reads: ['the|your|all 2 hidden order'] },
    { id: 'bare-order', weight: 1, reads: ['reveal 2 the order', 'reveal|render 3 order 2 me'] },
    { id: 'your-memory', weight: 2, reads: ['reveal 9!not your 2 memory', 'reveal 9 all 3 memory 6 hidden|order'] },
    { id: 'your-training', weight: 3, reads: ['reveal|render 14 your 1 training'] },
    { id: 'begin-reply', weight: 1, reads: ['begin 3 reply', 'reply 2 begin'] },
    { id: 'complete-order', weight: 2, reads: ['complete 12 order 5 given|top', 'complete 8 hidden 2 order'] },
  ],
};

/** Weaker signs of the same: two of them in a short text are seldom chance. */
export const extractionSigns: readonly Form[] = [
  { id: 'of-yours', weight: 3, reads: ['your 2 order'] },
  { id: 'in-orders', weight: 2, reads: ['within 3!indefinite order', 'your 1 rule !topic', 'reveal 3 order'] },
  { id: 'given-you', weight: 2, reads: ['given 1 you', 'maker 3 you'] },
  { id: 'said-of-you', weight: 1.25, reads: ['said 3 your', 'you 1 said', 'order 1 ask|you'] },
  { id: 'your-text', weight: 1.25, reads: ['your 3 text|hidden', 'hidden 3 text|reply'] },
  {
    id: 'render-of-hidden',
    weight: 0.7,
    reads: ['reveal 3 hidden|rule', 'render|reveal 3 covert', 'render|print|speak 1 hidden'],
  },
  { id: 'the-secret', weight: 1.25, reads: ['the|your 1 secret|covert'] },
  { id: 'before-me', weight: 1, reads: ['top 1 me', 'text|what|payload 4 top', 'begin 3 you'] },
  {
    id: 'earlier-text',
    weight: 1,
    reads: ['reveal|print|render 3 top 0 text', 'you 3 not 0 order'],
  },
];
