/** In which encoding a tool has written a file: on Windows, `>` writes UTF-16. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** By the mark at the beginning; without one, by the zero that is half of the first character. */
export function encodingOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly mark: number } {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (first === 0 && second !== 0 && second !== undefined) return { encoding: 'utf-16be', mark: 0 };
  if (second === 0 && first !== 0) return { encoding: 'utf-16le', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}
