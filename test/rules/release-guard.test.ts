import type { ChangeFact, Facts, Loss } from '../../src/facts';
import { checkRules } from '../../src/rules';
import { estate, seen, unseen } from './estate';

const RULE = 'hold/release-guard';
const HOLD = 'genesyscloud_compliance_legalhold.sms';

function planOf(losses: readonly Loss[], change: Partial<ChangeFact> = {}): Facts {
  const fact: ChangeFact = {
    address: HOLD,
    constructPath: 'compliance/sms/hold',
    type: 'genesyscloud_compliance_legalhold',
    action: 'destroy',
    losses,
    reappearsAt: null,
    ...change,
  };
  return { ...estate(), moment: 'plan', changes: [fact] };
}

const answers = (facts: Facts) => checkRules(facts).findings.filter(({ rule }) => rule === RULE);
const only = (loss: Loss, change: Partial<ChangeFact> = {}) => {
  const [answer, ...others] = answers(planOf([loss], change));
  expect(others).toEqual([]);
  return answer!;
};

describe('a release that others must approve', () => {
  const released: Loss = { kind: 'hold-released', by: 'destroy', conversations: seen(4) };

  test.each<[number, string, boolean]>([
    [0, 'takes 2 approvals by the provider block, and none was applied: the provider refuses it.', true],
    [1, 'takes 2 approvals by the provider block, and 1 was applied: the provider refuses it.', true],
    [2, '2 were applied; whether they are valid, the provider finds out.', false],
  ])('with %s of 2', (given, said, lacks) => {
    const { message, remedy } = only(released, { approvals: { required: seen(2), given } });
    expect(message).toContain(said);
    expect(remedy.includes('genesyscloud-compliance approve')).toBe(lacks);
  });

  test('of an unknown number says so, and consent says what the release will take', () => {
    expect(only(released, { approvals: { required: unseen(), given: 1 } }).message).toContain('how many is unknown');
    const consent: Loss = { kind: 'release-consented', of: 'hold', count: seen(4) };
    expect(only(consent, { approvals: { required: seen(3), given: 0 } }).message).toContain(
      'The release takes 3 approvals by the provider block.',
    );
    expect(only(released).message).not.toContain('approval');
  });
});

describe('hold/release-guard', () => {
  test('has nothing to say where no change is seen, and passes where nothing is given up', () => {
    expect(answers({ ...estate(), moment: 'plan' })).toEqual([]);
    expect(answers(planOf([])).map(({ status }) => status)).toEqual(['pass']);
    expect(checkRules({ ...planOf([]), moment: 'synth' }).findings.some(({ rule }) => rule === RULE)).toBe(false);
  });

  const count = seen(412);
  test.each<[string, Loss, string, string]>([
    [
      'destroying a hold',
      { kind: 'hold-released', by: 'destroy', conversations: count },
      'fail',
      'releases the legal hold on 412 conversations',
    ],
    [
      'replacing a hold',
      { kind: 'hold-released', by: 'replace', conversations: seen(1) },
      'fail',
      'releases the legal hold on 1 conversation and creates it again',
    ],
    [
      'destroying a hold of unknown size',
      { kind: 'hold-released', by: 'destroy', conversations: unseen() },
      'fail',
      'on an unknown number of conversations',
    ],
    [
      'a narrower scope with consent',
      { kind: 'hold-released', by: 'scope', conversations: seen(1200) },
      'fail',
      'releases 1,200 conversations that fall out of the scope',
    ],
    [
      'a scope that only the apply knows, with consent',
      { kind: 'hold-released', by: 'scope', conversations: unseen() },
      'unknown',
      'may release',
    ],
    ['forgetting a hold', { kind: 'hold-forgotten', conversations: count }, 'fail', 'stops managing'],
    ['a narrower scope', { kind: 'hold-narrowed', conversations: count }, 'warn', 'they stay held'],
    ['consent', { kind: 'release-consented', of: 'hold', count }, 'warn', 'the next destroy releases'],
    ['consent for objects', { kind: 'release-consented', of: 'object-hold', count }, 'warn', '412 object versions'],
    [
      'destroying an object hold',
      { kind: 'objects-released', by: 'destroy', versions: count },
      'fail',
      'takes the lock off 412 object versions',
    ],
    [
      'switching the lock off',
      { kind: 'objects-released', by: 'unlock', versions: count },
      'fail',
      'takes the lock off',
    ],
    [
      'replacing an object hold',
      { kind: 'objects-released', by: 'replace', versions: count },
      'fail',
      'releases and locks again',
    ],
    ['forgetting an object hold', { kind: 'objects-forgotten', versions: count }, 'fail', 'stay locked'],
    [
      'a shorter interval',
      { kind: 'export-shrunk', attribute: 'interval', before: 'a/c', after: seen('a/b'), days: 14 },
      'fail',
      'shrinks the export by 14 days: interval was a/c and becomes a/b',
    ],
    [
      'fewer media types',
      { kind: 'export-shrunk', attribute: 'media_types', before: 'all', after: seen('message'), days: null },
      'fail',
      'media_types was all and becomes message',
    ],
    [
      'an interval that only the apply knows',
      { kind: 'export-shrunk', attribute: 'interval', before: 'a/c', after: unseen(), days: null },
      'unknown',
      'may shrink the export',
    ],
    [
      'destroying a finished export',
      { kind: 'export-dropped', by: 'destroy', finished: true },
      'warn',
      'its files and holds stay',
    ],
    ['destroying an unfinished export', { kind: 'export-dropped', by: 'destroy', finished: false }, 'fail', 'cancels'],
    [
      'forgetting an unfinished export',
      { kind: 'export-dropped', by: 'forget', finished: false },
      'fail',
      'stops managing an export',
    ],
    [
      'destroying the bucket',
      { kind: 'bucket-destroyed', by: 'destroy', name: seen('recordings') },
      'fail',
      'destroys the bucket recordings that recordings are in',
    ],
  ])('%s', (_, loss, status, words) => {
    const answer = only(loss);

    expect(answer.status).toBe(status);
    expect(answer.message).toContain(words);
    expect(answer.remedy).not.toBe('');
  });

  test('tells the moved block to write when the same thing appears elsewhere', () => {
    const loss: Loss = { kind: 'hold-released', by: 'destroy', conversations: count };

    const { remedy } = only(loss, { reappearsAt: 'genesyscloud_compliance_legalhold.acme' });

    expect(remedy).toContain(`from = ${HOLD}\n    to   = genesyscloud_compliance_legalhold.acme`);
  });

  test('and what to call in a program, when the new place is a construct', () => {
    const { changes = [], ...facts } = planOf([{ kind: 'hold-released', by: 'destroy', conversations: count }], {
      reappearsAt: 'genesyscloud_compliance_legalhold.acme_sms_1A2B3C4D',
    });
    const made: ChangeFact = {
      ...changes[0]!,
      address: 'genesyscloud_compliance_legalhold.acme_sms_1A2B3C4D',
      constructPath: 'compliance/acme/sms',
      action: 'create',
      losses: [],
      reappearsAt: null,
    };

    const [answer] = answers({ ...facts, changes: [...changes, made] });

    expect(answer?.remedy).toContain(`on the resource of the construct compliance/acme/sms:\n  .moveFromId("${HOLD}")`);
  });

  test('names several losses of one resource apart', () => {
    const shrunk = (attribute: string): Loss => ({
      kind: 'export-shrunk',
      attribute,
      before: 'a',
      after: seen('b'),
      days: null,
    });

    const ids = answers(planOf([shrunk('interval'), shrunk('media_types')])).map(({ id }) => id);

    expect(new Set(ids).size).toBe(2);
  });
});
