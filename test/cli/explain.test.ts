import { runCli } from '../../src/cli';
import { SETTABLE_RULES } from '../../src/review';

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
  test.each(SETTABLE_RULES)('%s prints its page', async (id) => {
    const { code, out } = await run('explain', id);

    expect(code).toBe(0);
    expect(out).toContain(id);
  });

  test('without a rule lists them all', async () => {
    const { code, out } = await run('explain');

    expect(code).toBe(0);
    for (const id of SETTABLE_RULES) expect(out).toContain(id);
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

  test('a rule of a run for drift prints its section and no other', async () => {
    const { out } = await run('explain', 'drift/objects-late');

    expect(out).toMatch(/^### drift\/objects-late\n/);
    expect(out).not.toContain('drift/hold-released');
    expect((await run('explain', 'drift')).out).toContain('### drift/hold-released');
  });

  test('takes one rule at a time', async () => {
    expect((await run('explain', 'hold/capacity', 'hold/after-export')).err).toContain('One rule at a time');
  });
});
