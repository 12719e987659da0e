/** What no start may cost: the provider is started three times for each plan, mostly to answer its schema. */
import type * as Served from '../../src/provider/served';
import { number } from '../../src/words';

const forbidden = (): never => {
  throw new Error('Intl costs a quarter of what starting Node costs. Write numbers with number() of src/words.');
};

test('loading the provider and answering its schema uses no Intl', async () => {
  const { NumberFormat } = Intl;
  const { toLocaleString } = Number.prototype;
  Object.assign(Intl, { NumberFormat: forbidden });
  Object.assign(Number.prototype, { toLocaleString: forbidden });
  try {
    await jest.isolateModulesAsync(async () => {
      const { createServer } = (await import('../../src/provider/served')) as typeof Served;
      const schema = await createServer().GetProviderSchema({}, { signal: new AbortController().signal } as never);
      expect(schema.resourceSchemas.size).toBeGreaterThan(2);
    });
  } finally {
    Object.assign(Intl, { NumberFormat });
    Object.assign(Number.prototype, { toLocaleString });
  }
});

test.each([0, 7, 999, 1_000, 123_456, 1_234_567_890, -1_000, -12, 0.5, 1_234.5678, 0.0001, 999.9999])(
  '%p is written as Intl writes it',
  (count) => expect(number(count)).toBe(new Intl.NumberFormat('en-US').format(count)),
);
