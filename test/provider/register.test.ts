import { MemoryStore, registersIn } from '../support/registers';
import { Register, registerFailure } from '../../src/provider/register';
import type { RegisterPlace } from '../../src/provider/register-place';

const FOREVER = new AbortController().signal;
const SHARED: RegisterPlace = { kind: 's3', bucket: 'holds', prefix: 'genesys' };

const registerOf = (store: MemoryStore, place: RegisterPlace | undefined = SHARED, env = {}) =>
  new Register({ register: place, showMatters: false, allHoldsAdopted: false }, registersIn(store), env);

describe('a register of a provider process', () => {
  test('asks nothing before it is needed', () => {
    const store = new MemoryStore();

    expect(registerOf(store).words).toBe('s3://holds/genesys');
    expect(store.calls).toEqual([]);
  });

  test('is read without writing anything, and has no id while nothing was ever written', async () => {
    const store = new MemoryStore();

    expect((await registerOf(store).read(FOREVER)).id).toBeNull();
    expect(store.calls).toEqual(['list e/']);
  });

  test('is probed once a run before the first entry, and gets an id that every machine reads', async () => {
    const store = new MemoryStore();
    const register = registerOf(store);

    const [one, two] = await Promise.all([register.write(FOREVER), register.write(FOREVER)]);

    expect(one.id).toBe(two.id);
    expect(store.calls.filter((call) => call.startsWith('create p/'))).toHaveLength(2);
    expect((await registerOf(store).read(FOREVER)).id).toBe(one.id);
  });

  test('that could not be reached is probed again', async () => {
    const store = new MemoryStore();
    const register = registerOf(store);
    store.reach = () => {
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: 'open' });
    };
    const failure = await register.write(FOREVER).catch((error: unknown) => registerFailure(error, register));
    expect(failure).toMatchObject({ kind: 'unreachable' });
    expect(failure).toMatchObject({ text: expect.stringContaining('s3://holds/genesys could not be used') as string });

    store.reach = () => undefined;
    expect((await register.write(FOREVER)).id).not.toBeNull();
  });

  test('in the default folder allows no release in a CI system', () => {
    const byDefault = (env: Readonly<Record<string, string>>) =>
      new Register({ register: undefined, showMatters: false, allHoldsAdopted: false }, registersIn(), env);

    expect(byDefault({}).refusesReleases).toBeUndefined();
    expect(byDefault({ CI: 'false' }).refusesReleases).toBeUndefined();
    expect(byDefault({ CI: 'true' }).refusesReleases).toContain('other machines do not see');
    expect(byDefault({}).seenByThisMachineAlone).toBe(true);
    expect(registerOf(new MemoryStore(), SHARED, { CI: 'true' }).refusesReleases).toBeUndefined();
  });
});
