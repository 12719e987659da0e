/** The little XML that S3 speaks. */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/** Text as element content. Characters that XML 1.0 cannot hold become the replacement character. */
export function escapeXml(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- exactly the control characters that XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? character)
  );
}

/** An element with text, escaped, or with child elements, which are XML already. */
export function element(name: string, content: string | number | boolean | readonly string[], attributes = ''): string {
  const inner = typeof content === 'object' ? content.join('') : escapeXml(String(content));
  return `<${name}${attributes}>${inner}</${name}>`;
}

/** A whole answer. */
export function document(name: string, children: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, children, ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"')}`;
}

/** The contents of every element of this name, still XML. Enough for the flat bodies that S3 clients send. */
export function elements(xml: string, name: string): readonly string[] {
  const open = new RegExp(`<(?:\\w{1,20}:)?${name}(?:\\s[^<>]*)?>`, 'g');
  const close = new RegExp(`</(?:\\w{1,20}:)?${name}>`, 'g');
  const found: string[] = [];
  for (let begin = open.exec(xml); begin !== null; begin = open.exec(xml)) {
    if (begin[0].endsWith('/>')) {
      found.push('');
      continue;
    }
    close.lastIndex = open.lastIndex;
    const end = close.exec(xml);
    if (end === null) break;
    found.push(xml.slice(open.lastIndex, end.index));
    open.lastIndex = close.lastIndex;
  }
  return found;
}

/** The text of the first element of this name, unescaped; undefined when there is none. */
export function textOf(xml: string, name: string): string | undefined {
  const content = elements(xml, name)[0];
  return content === undefined ? undefined : unescapeXml(content);
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|amp|lt|gt|quot|apos);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name.toLowerCase()] ?? whole;
  });
}
