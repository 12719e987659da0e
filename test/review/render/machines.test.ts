import '@microsoft/jest-sarif';
import { plainText, RULES } from '../../../src/rules';
import { render, type ReviewReport } from '../../../src/review';
import { emptyReview, hugeReview, item, richDrift, richReview } from './report';
import { jsonMistakes, junitMistakes, sarifMistakes } from './validate';

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly justification: string }[];
  readonly provenance?: object;
  readonly properties: Readonly<Record<string, unknown>>;
}

const REPORTS: readonly (readonly [string, () => ReviewReport])[] = [
  ['a rich review', richReview],
  ['a run for drift', richDrift],
  ['an empty review', emptyReview],
  ['a huge review', () => hugeReview(500)],
];

function sarifOf(report: ReviewReport): {
  readonly results: readonly Result[];
  readonly rules: readonly { id: string }[];
} {
  const { runs } = JSON.parse(render(report, 'sarif')) as {
    runs: [{ results: Result[]; tool: { driver: { rules: { id: string }[] } } }];
  };
  return { results: runs[0].results, rules: runs[0].tool.driver.rules };
}

describe.each(REPORTS)('%s', (_, report) => {
  test('as JSON is what the published schema describes, and nothing more', () => {
    expect(jsonMistakes(render(report(), 'json'))).toEqual([]);
  });

  test('as SARIF is valid', () => {
    const text = render(report(), 'sarif');

    // The standard's own schema; ours is closed, and so finds a misspelt name as well.
    expect(JSON.parse(text)).toBeValidSarifLog();
    expect(sarifMistakes(text)).toEqual([]);
  });

  test('as JUnit is valid', async () => {
    expect(await junitMistakes(render(report(), 'junit'))).toEqual([]);
  });

  test('is the same text each time, and ends with one line break', () => {
    for (const format of ['text', 'markdown', 'json', 'sarif', 'junit', 'github'] as const) {
      expect(render(report(), format)).toBe(render(report(), format));
      expect(render(report(), format)).toMatch(/[^\n]\n$/);
    }
  });
});

describe('the schemas', () => {
  test('find a field that is not described, a version that is not known, and a level that does not exist', () => {
    const report = JSON.parse(render(richReview(), 'json')) as Record<string, unknown>;

    expect(jsonMistakes(JSON.stringify({ ...report, more: 1 }))).not.toEqual([]);
    expect(jsonMistakes(JSON.stringify({ ...report, schemaVersion: '2.0' }))).not.toEqual([]);
    expect(sarifMistakes(render(richReview(), 'sarif').replace('"level": "error"', '"level": "fatal"'))).not.toEqual(
      [],
    );
  });

  test('find a case with two outcomes', async () => {
    const twice = render(richReview(), 'junit').replace(/(<failure[^]*?<\/failure>)/, '$1$1');

    expect(await junitMistakes(twice)).not.toEqual([]);
  });
});

describe('SARIF', () => {
  test('points at the source line where it is known, and at the plan where it is not', () => {
    const [released, policy] = sarifOf(richReview()).results;

    expect(released?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'main.ts' },
      region: { startLine: 42 },
    });
    expect(policy?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: 'prod-eu' });
  });

  test('says unknown as a warning that is marked, and leaves passes out', () => {
    const { results } = sarifOf(richReview());

    expect(results.map(({ level, properties }) => [level, properties['undecided']])).toEqual([
      ['error', undefined],
      ['warning', undefined],
      ['warning', true],
      ['error', undefined],
    ]);
  });

  test('suppresses what is ignored, with the reason and the day', () => {
    const [, , , ignored] = sarifOf(richReview()).results;

    expect(ignored?.suppressions?.[0]?.justification).toBe('the carrier renews its chain (until 2026-12-31)');
  });

  test('describes each rule that has a result once, by what the rule says of itself', () => {
    const { rules, results } = sarifOf(richReview());
    const guard = RULES.find(({ id }) => id === 'hold/release-guard');

    expect(rules.map(({ id }) => id)).toEqual([...new Set(results.map(({ ruleId }) => ruleId))].sort());
    expect(JSON.stringify(rules)).toContain(plainText(guard?.why[0] ?? 'no such rule'));
  });

  test('gives the same finding in two plans two fingerprints, which stay the same when its words change', () => {
    const one = item({});
    const report = {
      ...richReview(),
      items: [one, { ...one, target: 'prod-us' }, { ...one, headline: 'In other words' }],
    };
    const [first, elsewhere, reworded] = sarifOf(report).results.map(({ partialFingerprints }) => partialFingerprints);

    expect(elsewhere).not.toEqual(first);
    expect(reworded).toEqual(first);
  });

  test('of a run for drift has only what is drift, and when it was first seen', () => {
    const { results } = sarifOf(richDrift());

    expect(results.map(({ ruleId }) => ruleId)).toEqual(['drift/hold-released', 'drift/changed']);
    expect(results[0]?.provenance).toEqual({ firstDetectionTimeUtc: '2026-11-23T00:00:00.000Z' });
  });
});

describe('JUnit', () => {
  test('has a suite for each target, with failures, an error for what could not be read, and reasons for what is skipped', () => {
    const xml = render(richReview(), 'junit');
    const tags = xml.match(/<(?:testsuites?|failure|error|skipped) [^>]*>/g);

    expect(tags).toMatchInlineSnapshot(`
[
  "<testsuites name="genesyscloud-compliance review" tests="7" failures="2" errors="1">",
  "<testsuite name="prod-eu" tests="6" failures="2" errors="0" skipped="2">",
  "<failure type="error" message="Releases the legal hold on 412 conversations">",
  "<failure type="warning" message="The export role may delete objects">",
  "<skipped type="unknown" message="Unknown: The trust policy is known after the apply">",
  "<skipped type="ignored" message="Ignored until 2026-12-31: the carrier renews its chain">",
  "<testsuite name="prod-us" tests="1" failures="0" errors="1" skipped="0">",
  "<error type="failed" message="Nothing could be read">",
]
`);
  });

  test('of a plan that has nothing of this product still has a case, since Jenkins takes an empty report for a mistake', () => {
    expect(render(emptyReview(), 'junit')).toContain('<testcase name="could be looked at" classname="look"/>');
  });
});
