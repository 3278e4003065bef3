import { numbered } from '../wrk.ts';

/** A chat request with so many bytes of benign prose; `isNew`: no two are alike. */
export function load(url: string, bytes: number, isNew = true) {
  const content = isNew ? `${numbered} ${prose(bytes - 8)}` : prose(bytes);
  return {
    url: `${url}/v1/chat/completions`,
    headers: { 'content-type': 'application/json', 'user-agent': 'wrk' },
    body: JSON.stringify({ model: 'gpt-4.1-nano', messages: [{ role: 'user', content }] }),
  };
}

const sentences = [
  'The committee met on Tuesday to talk about the opening hours of the new library and its budget for next year.',
  'Nobody objected to the earlier start, though two members asked who would unlock the side entrance in winter.',
  'A short report of the meeting, with the figures of the last quarter, is attached for those who could not come.',
  'The caterer was paid on Friday; the invoice over 412.50 euros is filed under the reference of the event.',
];

/** Benign, without one sentence standing right beside its own copy. */
export function prose(bytes: number): string {
  let text = '';
  for (let index = 0; text.length < bytes; index += 1) text += `${index} ${sentences[index % sentences.length]} `;
  return text.slice(0, bytes);
}
