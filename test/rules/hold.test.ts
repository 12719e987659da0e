import { checkRules, isBeyondPlans } from '../../src/rules';
import {
  EXPORT,
  estate,
  exportJob,
  findingsOf,
  hold,
  onlyProblem,
  passes,
  registerAt,
  seen,
  unseen,
  withHold,
} from './estate';

describe('hold/after-export', () => {
  const RULE = 'hold/after-export';
  const literal = { exportJobId: seen<string | null>(null), dependsOn: [], belongsTo: null };
  const ids = (...list: string[]) => seen<readonly string[] | null>(list);

  test('passes with a reference and with depends_on', () => {
    expect(passes(RULE, estate())).toBe(true);
    const explicit = withHold({
      ...literal,
      conversationIds: ids('a'),
      dependsOn: [{ export: EXPORT, via: 'depends_on' }],
    });
    expect(passes(RULE, explicit)).toBe(true);
  });

  test('fails when a construct made it for an export that it does not wait for', () => {
    const problem = onlyProblem(RULE, withHold({ ...literal, conversationIds: ids('a'), belongsTo: EXPORT }));
    expect(problem).toMatchObject({
      status: 'fail',
      severity: 'error',
      subject: { constructPath: 'compliance/sms/hold' },
    });
    expect(problem.remedy).toContain(`exportJobId: '\${${EXPORT}.id}'`);
  });

  test('passes when it is by scope on purpose, also beside an export that a construct made with it', () => {
    const scope = {
      interval: '2026-01-01T00:00:00Z/..',
      batchInterval: 'P1D',
      mediaTypes: [],
      messageTypes: ['sms'],
      addressFrom: null,
      addressTo: null,
      externalTag: null,
    };
    const without = { ...literal, exportJobId: seen<string | null>(null), conversationIds: seen(null) };
    expect(passes(RULE, withHold({ ...without, scope: seen(scope) }))).toBe(true);
    expect(passes(RULE, withHold({ ...without, scope: seen(scope), belongsTo: EXPORT }))).toBe(true);
    const open = { known: false, why: 'is only known after the apply', origin: seen(null).origin } as const;
    expect(onlyProblem(RULE, withHold({ ...without, scope: open })).status).toBe('unknown');
  });

  test('fails when it waits for another export than its own', () => {
    const dependsOn = [{ export: 'other', via: 'reference', attribute: 'export_job_id' }] as const;
    expect(onlyProblem(RULE, withHold({ dependsOn })).status).toBe('fail');
  });

  test('passes when a construct says that it preserves at once, unless it waits for an export all the same', () => {
    const named = { ...literal, conversationIds: ids('b'), belongsTo: EXPORT, atOnce: true as const };
    expect(passes(RULE, withHold(named))).toBe(true);
    expect(onlyProblem(RULE, withHold({ ...named, exportJobId: seen('0b7c…') })).status).toBe('fail');
  });

  test('warns when it names conversations of an export and waits for none; waiting makes it pass', () => {
    const exports = [exportJob({ conversationIds: ids('a', 'b'), interval: seen(null) })];
    const change = { ...literal, conversationIds: ids('b') };
    expect(onlyProblem(RULE, estate({ exports, holds: [hold(change)] })).status).toBe('warn');
    const waiting = hold({ ...change, dependsOn: [{ export: EXPORT, via: 'depends_on' }] });
    expect(passes(RULE, estate({ exports, holds: [waiting] }))).toBe(true);
  });

  test('warns when an export may cover its conversations, and of a literal job id', () => {
    expect(onlyProblem(RULE, withHold({ ...literal, conversationIds: ids('a') })).status).toBe('warn');
    const byId = onlyProblem(RULE, withHold({ ...literal, exportJobId: seen('0b7c…') }));
    expect(byId.status).toBe('warn');
    expect(byId.message).toContain('literal id');
  });

  test('passes when no export covers its conversations', () => {
    const exports = [exportJob({ conversationIds: ids('x'), interval: seen(null) })];
    expect(passes(RULE, estate({ exports, holds: [hold({ ...literal, conversationIds: ids('a') })] }))).toBe(true);
    expect(passes(RULE, estate({ exports: [], holds: [hold({ ...literal, conversationIds: ids('a') })] }))).toBe(true);
  });

  test('cannot tell when the job id leads nowhere that is seen', () => {
    const unknown = onlyProblem(RULE, withHold({ ...literal, exportJobId: unseen('comes from module.export') }));
    expect(unknown.message).toContain('module.export');
    expect(onlyProblem(RULE, withHold({ ...literal, exportJobId: seen('${var.job}') })).status).toBe('unknown');
  });
});

describe('hold/external-reference-id', () => {
  const RULE = 'hold/external-reference-id';
  const id = (value: string | null) => withHold({ externalReferenceId: seen(value) });

  test.each(['MATTER-2026-0017', 'a', 'A.b_c:d-9', 'x'.repeat(64)])('passes for %s', (value) => {
    expect(passes(RULE, id(value))).toBe(true);
  });

  test('passes without one', () => {
    expect(passes(RULE, id(null))).toBe(true);
  });

  test.each(['Matter 17', '-x', 'x'.repeat(65), 'Akte/17', 'Ärger'])(
    'fails for %s; the id of the remedy passes',
    (value) => {
      const problem = onlyProblem(RULE, id(value));
      expect(problem).toMatchObject({ status: 'fail', subject: { attribute: 'external_reference_id' } });
      const proposed = /: '(.*)'\./.exec(problem.remedy)?.[1] ?? '';
      expect(passes(RULE, id(proposed))).toBe(true);
    },
  );

  test('fails for an empty one, without a proposal', () => {
    expect(onlyProblem(RULE, id('')).remedy).toContain('Write an id that matches');
  });

  test('follows the pattern of the provider', () => {
    const own = (value: string, pattern: string) => ({
      ...id(value),
      externalReferenceIdPattern: seen<string | null>(pattern),
    });
    expect(passes(RULE, own('17/2026', '^\\d+/\\d{4}$'))).toBe(true);
    expect(onlyProblem(RULE, own('MATTER-1', '^\\d+$')).message).toContain('^\\d+$');
    expect(onlyProblem(RULE, own('MATTER-1', '(')).message).toContain('not a regular expression');
  });

  test('cannot tell when id or pattern is not known', () => {
    expect(onlyProblem(RULE, withHold({ externalReferenceId: unseen() })).status).toBe('unknown');
    expect(onlyProblem(RULE, id('${var.matter}')).status).toBe('unknown');
    expect(onlyProblem(RULE, { ...estate(), externalReferenceIdPattern: unseen('differs') }).status).toBe('unknown');
  });
});

describe('hold/register', () => {
  const RULE = 'hold/register';

  test('passes for a place in S3', () => {
    expect(passes(RULE, estate({ register: registerAt('S3://holds/register') }))).toBe(true);
  });

  test.each([
    ['/var/lib/holds', 'the folder /var/lib/holds'],
    ['./s3://no', 'the folder ./s3://no'],
  ])('warns for %s', (place, message) => {
    const problem = onlyProblem(RULE, estate({ register: registerAt(place) }));
    expect(problem).toMatchObject({ status: 'warn', severity: 'warn', subject: { attribute: 'register' } });
    expect(problem.message).toContain(message);
  });

  test('is beyond synth and plan where no place is given: the environment may name one, which live is seen', () => {
    const facts = estate({ register: registerAt(null) });
    for (const moment of ['synth', 'plan'] as const) {
      const problem = onlyProblem(RULE, { ...facts, moment });
      expect([problem.status, isBeyondPlans(problem)]).toEqual(['unknown', true]);
    }
    const live = onlyProblem(RULE, { ...facts, moment: 'live' });
    expect([live.status, isBeyondPlans(live)]).toEqual(['warn', false]);
  });

  test('counts where somebody set its severity', () => {
    const settings = { rules: { [RULE]: { severity: 'error', reason: 'one register for all' } } } as const;
    const { findings } = checkRules(estate({ register: registerAt(null) }), settings);
    const [problem] = findings.filter(({ rule }) => rule === RULE);
    expect([problem?.status, problem?.severity, isBeyondPlans(problem!)]).toEqual(['unknown', 'error', false]);
  });

  test('is unknown for a value that only the apply will know', () => {
    const place = unseen<string>('is computed by Terraform from aws_s3_bucket.holds');
    const problem = onlyProblem(RULE, estate({ register: { address: 'provider.compliance', place } }));
    expect(problem.status).toBe('unknown');
    expect(problem.message).toContain('aws_s3_bucket.holds');
    expect(onlyProblem(RULE, estate({ register: registerAt('${var.register}') })).status).toBe('unknown');
    expect(passes(RULE, estate({ register: registerAt('s3://${var.bucket}/register') }))).toBe(true);
  });

  test('speaks the language that the holds are written in, and of the environment when it is asked live', () => {
    const facts = estate({ register: registerAt(null) });
    const { constructPath: _, ...inHcl } = hold();
    expect(onlyProblem(RULE, facts).remedy).toContain("register: 's3://");
    expect(onlyProblem(RULE, { ...facts, moment: 'plan', holds: [inHcl] }).remedy).toContain('register = "s3://');
    expect(onlyProblem(RULE, { ...facts, moment: 'live' }).remedy).toContain('GENESYSCLOUD_COMPLIANCE_REGISTER=s3://');
  });

  test('is not asked where nothing is held', () => {
    const { register: _, ...nothing } = estate();
    expect(findingsOf(RULE, nothing)).toEqual([]);
  });
});

test('every hold is answered for', () => {
  expect(findingsOf('hold/after-export', estate({ holds: [hold(), hold({ address: 'other' })] }))).toHaveLength(2);
});
