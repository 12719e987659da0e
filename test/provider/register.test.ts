import { MemoryStore, registersIn } from '../support/registers';
import { SharedRegister } from '../../src/provider/register';
import type { RegisterPlace } from '../../src/provider/register-place';

const FOREVER = new AbortController().signal;
const SHARED: RegisterPlace = { kind: 's3', bucket: 'holds', prefix: 'genesys' };

const registerOf = (store: MemoryStore, place: RegisterPlace | undefined = SHARED, env = {}) =>
  new SharedRegister({ register: place, showMatters: false, allHoldsAdopted: false }, registersIn(store), env);

describe('the register of a provider process', () => {
  test('asks nothing before it is needed', () => {
    const store = new MemoryStore();

    expect(registerOf(store).words).toBe('s3://holds/genesys');
    expect(store.calls).toEqual([]);
  });

  test('is read without writing anything, and has no id while nothing was ever written', async () => {
    const store = new MemoryStore();

    expect((await registerOf(store).open(FOREVER)).id).toBeNull();
    expect(store.calls.filter((call) => call.startsWith('create'))).toEqual([]);
  });

  test('in the default folder allows no release in a CI system, and says elsewhere that other machines were not asked', () => {
    const byDefault = (env: Readonly<Record<string, string>>) =>
      new SharedRegister({ register: undefined, showMatters: false, allHoldsAdopted: false }, registersIn(), env);

    expect(byDefault({}).refusesReleases).toBeUndefined();
    expect(byDefault({ CI: 'false' }).refusesReleases).toBeUndefined();
    expect(byDefault({ CI: 'true' }).refusesReleases).toContain('other machines do not see');
    expect(byDefault({}).releaseNote).toContain('Other machines were not asked');
    const shared = registerOf(new MemoryStore(), SHARED, { CI: 'true' });
    expect([shared.refusesReleases, shared.releaseNote]).toEqual([undefined, undefined]);
  });

  test('lets users of the same key wait for each other', async () => {
    const register = registerOf(new MemoryStore());
    const order: string[] = [];
    const first = register.alone('key', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('first');
    });
    const second = register.alone('key', () => Promise.resolve(order.push('second')));
    await Promise.all([first, second]);

    expect(order).toEqual(['first', 'second']);
  });
});
