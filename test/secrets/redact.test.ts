import fc from 'fast-check';
import { MASK, SecretRegister } from '../../src/secrets';

const TOKEN = 'TOKENCANARY-abcdefghijklmnop+/q==';

function redactorOf(...secrets: readonly string[]): (text: string) => string {
  const register = new SecretRegister();
  secrets.forEach((secret) => register.add(secret));
  return register.redact;
}

describe('a secret is covered', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const lines = (text: string, width: number): string => text.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n');

  test.each<[string, string]>([
    ['plain', `you sent Bearer ${TOKEN}`],
    ['in capitals', `you sent ${TOKEN.toUpperCase()}`],
    ['escaped for a URL', `you sent ${encodeURIComponent(TOKEN)}`],
    ['escaped for a URL in small letters', `you sent ${encodeURIComponent(TOKEN).toLowerCase()}`],
    ['escaped for a URL twice', `you sent ${encodeURIComponent(encodeURIComponent(TOKEN))}`],
    [
      'escaped for a URL, every character',
      `you sent ${TOKEN.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
    ],
    ['escaped for a program', `"${TOKEN.replace(/./g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)}"`],
    ['escaped for a page', `<pre>${TOKEN.replace(/[+/=]/g, (c) => `&#${c.charCodeAt(0)};`)}</pre>`],
    ['with tags of a page in it', `<pre>${TOKEN.slice(0, 9)}</pre><b class="x">${TOKEN.slice(9)}</b>`],
    ['behind an escaped line break', `"first\\n${TOKEN}"`],
    ['across a line break', `${TOKEN.slice(0, 13)}\n${TOKEN.slice(13)}`],
    ['across lines that Terraform draws', `│ ${TOKEN.slice(0, 13)}\r\n\x1b[31m│\x1b[0m ${TOKEN.slice(13)}`],
    ['in base64', base64(TOKEN)],
    ['in base64, after one byte', base64(`x${TOKEN}y`)],
    ['in base64, after two bytes', base64(`xy${TOKEN}`)],
    ['in base64, after a word', base64(`Bearer ${TOKEN} and more`)],
    ['in base64 of URLs', Buffer.from(TOKEN).toString('base64url')],
    ['in base64 with lines', lines(base64(`Authorization: Bearer ${TOKEN}`), 16)],
    ['in base64 within a URL', encodeURIComponent(base64(TOKEN))],
    ['in hexadecimal', Buffer.from(TOKEN).toString('hex').toUpperCase()],
  ])('%s', (_how, text) => {
    const clean = redactorOf(TOKEN)(text);
    expect(clean).toContain(MASK);
    expect(clean.toLowerCase().replace(/\s/g, '')).not.toContain(TOKEN.slice(4, 14).toLowerCase());
  });

  test('with what is around it left as it was', () => {
    expect(redactorOf(TOKEN)(`a "${TOKEN}", b ${TOKEN}.`)).toBe(`a "${MASK}", b ${MASK}.`);
  });

  test('when its own characters look like escapes or need some', () => {
    const odd = 'p%41ss"w\\ö rd&amp;1';
    const redact = redactorOf(odd);
    for (const text of [odd, encodeURIComponent(odd), JSON.stringify(odd), new URLSearchParams({ odd }).toString()]) {
      expect(redact(text)).toContain(MASK);
    }
  });

  test('wherever it stands and however it is escaped (property)', () => {
    const secret = fc.string({ minLength: 12, maxLength: 40 }).filter((text) => text.replace(/\s/g, '').length >= 12);
    const escape = fc.constantFrom<(text: string) => string>(
      (text) => text,
      encodeURIComponent,
      (text) => JSON.stringify(text).slice(1, -1),
      (text) => Buffer.from(text).toString('base64'),
      (text) => Buffer.from(text).toString('hex'),
    );
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), escape, (text, before, after, escaped) => {
        const shown = escaped(text);
        fc.pre(!/^(?:[a-z]+|\d+)$/i.test(text));
        const clean = redactorOf(text)(`${before} ${shown} ${after}`);
        expect(clean).toContain(MASK);
        expect(clean).not.toContain(shown);
      }),
    );
  });
});

describe('ordinary words stay whole', () => {
  test.each(['c', 'on', 'con', 'a', ' ', ''])('with the secret "%s", which is too short to be searched', (secret) => {
    const text = 'Could not connect to a gateway on port 3128.';
    expect(redactorOf(secret)(text)).toBe(text);
  });

  test('with a short secret that is a part of them: it is found as a word of its own only', () => {
    const redact = redactorOf('conn', 'gate7');
    expect(redact('connect through gateways and gate7x; user:conn, gate7')).toBe(
      `connect through gateways and gate7x; user:${MASK}, ${MASK}`,
    );
    expect(redact('con nect, con\nn')).toBe('con nect, con\nn');
  });

  test('with a longer word as a secret; names of settings stay, too', () => {
    const redact = redactorOf('permission', 'secret', '12345678');
    const text = 'Missing permissions; check oauthclient_secret; 1234567890123 ms';
    expect(redact(text)).toBe(text);
    expect(redact('the password is permission')).toBe(`the password is ${MASK}`);
  });
});

test('secrets that overlap leave nothing of each other', () => {
  const redact = redactorOf('abcdefgh-1234', 'gh-1234-wxyz99', 'abcdefgh-1234-wxyz99-tail');
  expect(redact('<abcdefgh-1234-wxyz99>')).toBe(`<${MASK}>`);
  expect(redact('<abcdefgh-1234-wxyz99-tail>')).toBe(`<${MASK}>`);
});

test('the time grows with the text alone, whatever it is made of', () => {
  const secret = `${'ab'.repeat(300)}c%2`;
  const redact = redactorOf(secret, `${'a'.repeat(999)}b1`, TOKEN);
  for (const piece of [
    'ab',
    'a',
    '%',
    '%2',
    '\\',
    '&',
    '&amp',
    '&#x',
    '\x1b[',
    '<',
    '<a',
    '<a>',
    '\u2502',
    ' \n',
    `${'ab'.repeat(300)}c`,
  ]) {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    const begun = performance.now();
    redact(text);
    expect([piece.slice(0, 5), performance.now() - begun < 2_000]).toEqual([piece.slice(0, 5), true]);
  }
});
