/** Word lists that several detectors share; as `phrase.ts` wants them. */
const dismissing =
  'ignore / disregard / never ?mind / forget / neglect / overlook / disobey / override / overrule / overwrite / bypass / dismiss / discard / abandon / unlearn / nullify / invalidate / set aside / put aside / leave aside / brush aside / throw (?:out|away) / pay no attention to / pay no heed to / take no notice of / stop (?:following|obeying|using|considering|adhering to|listening to) / cease (?:following|obeying) / quit following / erase / wipe / scrap / skip / drop / delete / cancel / ignoring / disregarding / forgetting';

/** The same where it is not one's own words, or somebody's, that are taken back: `ignore my previous mail`. */
export const dismissingOthers = dismissing
  .split(' / ')
  .map((word) => `${word}(?! (?:all )?(?:of )?(?:my|his|her|their)\\b)`)
  .join(' / ');

/** Of the verbs above those that are not everyday words of other trades. */
export const plainlyDismissing = dismissing
  .split(' / ')
  .filter(
    (word) => !/^(?:erase|wipe|scrap|skip|drop|delete|cancel|overlook|dismiss|discard|overwrite|throw)/.test(word),
  )
  .join(' / ');

export const earlier =
  'previous(?:ly)? / prior / preceding / above / aforementioned / earlier / foregoing / former / past / initial(?:ly)? / original(?:ly)? / existing / system / pre-?existing / predefined / preset / built-?in / old';

/** What a model is told to follow. */
export const orders =
  'instructions? / directions? / directives? / orders? / commands? / rules? / guidelines? / guidance / prompts? / polic(?:y|ies) / constraints? / restrictions? / limitations? / programming / configurations? / guardrails? / safeguards? / protocols? / assignments? / training / regulations / parameters / principles / moderation / contexts?';

/** What a model was given to read. */
export const givens =
  'texts? / messages? / content / contexts? / conversations? / information / inputs? / statements? / sentences? / paragraphs? / words / tasks? / requests? / questions? / documents? / persona / roles? / data / history / chats? / discussions? / stuff / things? / queries / query';
