/** Makes a text the beginning of a sentence. An address or a file's name is written as it is. */
export function sentenceCase(text: string): string {
  return /^\S+[._]\S/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
