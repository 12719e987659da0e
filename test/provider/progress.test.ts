import { Progress, whileWaiting } from '../../src/provider/progress';

let lines: { readonly message: string; readonly fields: object }[];
let now: number;
beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  now = 0;
});
afterEach(() => jest.useRealTimers());

const log = { info: (message: string, fields: object = {}) => void lines.push({ message, fields }) };
const pass = (ms: number): void => {
  now += ms;
  jest.advanceTimersByTime(ms);
};
const said = () => lines.map(({ message }) => message);

function progress(total: number | null, estimatedSeconds?: number): Progress {
  const estimate = estimatedSeconds === undefined ? {} : { estimatedSeconds };
  return new Progress({
    log,
    now: () => now,
    what: 'The hold is being set',
    thing: 'conversation',
    total,
    ...estimate,
  });
}

test('a line each thousand, with what is left by the pace so far', () => {
  const counting = progress(4_000);
  for (let hundreds = 0; hundreds < 40; hundreds += 1) {
    now += 1_000;
    counting.add(100);
  }
  expect(said()).toEqual([
    'The hold is being set: 1,000 of 4,000 conversations, about 30 seconds left',
    'The hold is being set: 2,000 of 4,000 conversations, about 20 seconds left',
    'The hold is being set: 3,000 of 4,000 conversations, about 10 seconds left',
    'The hold is being set: 4,000 of 4,000 conversations',
  ]);
  expect(lines[0]?.fields).toEqual({ done: 1_000, total: 4_000, seconds: 10, seconds_left: 30 });
});

test('a line each minute while nothing comes, and none after the end', async () => {
  const counting = progress(400);
  let finish: () => void = () => undefined;
  const work = counting.during(() => new Promise<void>((resolve) => (finish = resolve)));
  counting.add(100);
  pass(60_000);
  pass(60_000);
  finish();
  await work;
  pass(180_000);
  expect(said()).toEqual([
    'The hold is being set: 100 of 400 conversations, about 3 minutes left',
    'The hold is being set: 100 of 400 conversations, about 6 minutes left',
  ]);
});

test('without a total, what was estimated is what is left of; what is tried twice is counted once', () => {
  const counting = progress(null, 3_600);
  now = 60_000;
  counting.at(1_000);
  expect(said()).toEqual(['The hold is being set: 1,000 conversations, about 59 minutes left']);
  const small = progress(1_000);
  small.add(900);
  small.add(900);
  expect(said().at(-1)).toBe('The hold is being set: 1,000 of 1,000 conversations');
});

test('waiting is said each minute', async () => {
  let finish: () => void = () => undefined;
  const work = whileWaiting(
    log,
    (seconds) => `waited for ${seconds} s`,
    () => new Promise<void>((resolve) => (finish = resolve)),
    () => now,
  );
  pass(60_000);
  pass(60_000);
  finish();
  await work;
  pass(120_000);
  expect(said()).toEqual(['waited for 60 s', 'waited for 120 s']);
});
