import { type Form, type FormTable, formLevels } from '../../match/forms.ts';

/** Asks for a word that the model keeps, or for a part of it, in whatever words (spec/attacks.md 7.9, 3). */
export const secretForms: FormTable = {
  rule: 'forms-secret',
  type: 'prompt_extraction',
  description: 'Asks, by the form of its sentences, for a secret that the model keeps',
  levels: formLevels,
  forms: [
    {
      id: 'puzzle-of-secret',
      weight: 3,
      reads: [
        'puzzle 8!indefinite the|your 1 guarded',
        'the|your 0 guarded 8 puzzle',
        'ask 2 the 0 guarded 8 puzzle',
        'puzzle 8!indefinite the|your 0 covert 1 text|order|rule|secret',
      ],
    },
    {
      id: 'render-secret',
      weight: 2,
      reads: [
        'render|reveal 3 the|your 0 guarded',
        'render|reveal 3!indefinite the|your 1 covert 1 text|secret|order',
        'render|reveal 3 what 2 you 1 keep',
      ],
    },
    {
      id: 'secret-kept',
      weight: 3,
      reads: ['secret|text|payload 1 you 2 keep', 'secret|payload 1 you 5 keep', 'you 2 keep 1 secret 3 me'],
    },
    {
      id: 'secret-known',
      weight: 2,
      reads: [
        'guarded 3 you 1 see',
        'you 2 see 2 the 0 guarded',
        'guarded 2 you 2 given|keep',
        'secret 1 within|you 1 your 1 order|text|rule|memory',
      ],
    },
    {
      id: 'what-is-secret',
      weight: 2,
      reads: ['ask 4 the 0 guarded 1 begin|append', 'the 0 guarded 1 begin'],
    },
    {
      id: 'secret-puzzle',
      weight: 2,
      reads: ['puzzle 4 the 0 secret', 'the 0 secret 3 puzzle', 'the|your 0 covert 0 payload'],
    },
  ],
};

/** Weaker signs of the same: two of them in a short text are seldom chance. */
export const secretSigns: readonly Form[] = [
  { id: 'the-guarded', weight: 1, reads: ['the|your 1 guarded !rule|topic'] },
  { id: 'tease-guarded', weight: 1.25, reads: ['tease 6 guarded', 'guarded 6 tease', 'guarded 3 you'] },
  {
    id: 'ask-guarded',
    weight: 2,
    reads: ['ask 0 the 0 guarded !rule|topic', 'ask 0 the 0 covert 0 payload'],
  },
];
