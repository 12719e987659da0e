import { runCli } from '../../src/cli';
import { RULES } from '../../src/rules';

async function run(...words: readonly string[]) {
  const written = { out: '', err: '' };
  const code = await runCli(words, {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    signal: new AbortController().signal,
  });
  return { code, ...written };
}

describe('explain', () => {
  test.each(RULES.map(({ id }) => id))('%s prints its page', async (id) => {
    const { code, out } = await run('explain', id);

    expect(code).toBe(0);
    expect(out).toContain(id);
  });

  test('without a rule lists them all', async () => {
    const { code, out } = await run('explain');

    expect(code).toBe(0);
    for (const { id } of RULES) expect(out).toContain(id);
  });

  test.each(['hold/nothing', '../../package', 'README'])(
    '%s is no rule, and those there are, are named',
    async (id) => {
      const { code, err } = await run('explain', id);

      expect(code).toBe(1);
      expect(err).toContain(`There is no rule "${id}"`);
      expect(err).toContain('hold/release-guard');
    },
  );

  test('takes one rule at a time', async () => {
    expect((await run('explain', 'hold/capacity', 'hold/after-export')).err).toContain('One rule at a time');
  });
});
