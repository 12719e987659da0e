/** Finds what JSON.parse passes over in silence: a key that stands twice in one object. AWS refuses such a document. */

/** The first key that an object of this JSON text has twice; null when there is none. Takes valid JSON, in linear time. */
export function repeatedKey(json: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at];
    if (char === '{') open.push(new Set());
    else if (char === '[') open.push(null);
    else if (char === '}' || char === ']') open.pop();
    if (char !== '"') continue;
    const end = endOfString(json, at);
    const keys = open.at(-1);
    if (keys !== null && keys !== undefined && isKey(json, end)) {
      const key = JSON.parse(json.slice(at, end)) as string;
      if (keys.has(key)) return key;
      keys.add(key);
    }
    at = end - 1;
  }
  return null;
}

/** Behind the closing quote of the string that begins at `from`. */
function endOfString(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isKey(json: string, from: number): boolean {
  let at = from;
  while (/\s/.test(json[at] ?? '')) at += 1;
  return json[at] === ':';
}
