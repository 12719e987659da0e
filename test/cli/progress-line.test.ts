import { progressLine } from '../../src/cli/progress-line';

test.each([
  [true, ['\r\u001b[2Kdrift: [############............] acme, 1 of 2', '\r\u001b[2Kdrift: other, 3', '\r\u001b[2K']],
  [false, ['drift: acme, 1 of 2\n', 'drift: other, 3\n']],
])('a bar where somebody watches (%s), plain lines elsewhere', (isInteractive, expected) => {
  const written: string[] = [];
  let now = 0;
  const line = progressLine('drift', { err: (text) => void written.push(text), isInteractive }, () => now);
  now = 60_000;
  line.progress({ what: 'acme', done: 1, total: 2 });
  now += 10;
  line.progress({ what: 'too soon', done: 1, total: 2 });
  now += 60_000;
  line.progress({ what: 'other', done: 3, total: null });
  line.end();
  expect(written).toEqual(expected);
});

test('says how long is left, by the pace of this step in this run', () => {
  const written: string[] = [];
  let now = 0;
  const line = progressLine('evidence', { err: (text) => void written.push(text) }, () => now);
  line.progress({ what: 'files', done: 40, total: 50 });
  line.progress({ what: 'recordings', done: 500, total: 1_000 });
  now = 60_000;
  line.progress({ what: 'recordings', done: 600, total: 1_000 });
  expect(written).toEqual(['evidence: recordings, 600 of 1,000, about 4 minutes left\n']);
});
