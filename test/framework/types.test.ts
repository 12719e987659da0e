/** What the compiler must know. Each line under `@ts-expect-error` is a test of `npm run typecheck`. */
import {
  isUnknown,
  s,
  schema,
  block,
  timeouts,
  type AttributeValidator,
  type ConfigOf,
  type PlanOf,
  type StateOf,
  type Unknown,
} from '../../src/framework';

const example = schema({
  description: 'Example.',
  attributes: {
    id: s.string({ computed: true, description: 'Id.' }),
    name: s.string({ required: true, description: 'Name.' }),
    size: s.number({ optional: true, description: 'Size.' }),
    mode: s.string({ optional: true, default: 'a', description: 'Mode.' }),
    labels: s.map('string', { optional: true, description: 'Labels.' }),
    parts: s.listNested(
      { key: s.string({ required: true, description: 'Key.' }) },
      { required: true, description: 'Parts.' },
    ),
  },
  blocks: {
    gate: block.single({ description: 'Gate.' }, { host: s.string({ required: true, description: 'Host.' }) }),
    rule: block.list({ description: 'Rule.' }, { text: s.string({ required: true, description: 'Text.' }) }),
    timeouts: timeouts({ create: '1h' }),
  },
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <T extends true>(proof?: T): T | undefined => proof;

describe('types inferred from a schema', () => {
  const state: StateOf<typeof example> = {
    id: 'i',
    name: 'n',
    size: null,
    mode: 'a',
    labels: new Map([['k', 'v']]),
    parts: [{ key: 'k' }],
    gate: { host: 'h' },
    rule: [{ text: 't' }],
    timeouts: { create: null },
  };

  test('hold unknown values where a configuration or a plan can, and nowhere else', () => {
    same<Same<StateOf<typeof example>['name'], string>>();
    same<Same<StateOf<typeof example>['size'], number | null>>();
    same<Same<StateOf<typeof example>['mode'], string>>();
    same<Same<ConfigOf<typeof example>['name'], string | Unknown>>();
    same<Same<ConfigOf<typeof example>['mode'], string | null | Unknown>>();
    same<Same<ConfigOf<typeof example>['id'], null>>();
    same<Same<PlanOf<typeof example>['id'], string | null | Unknown>>();
    same<Same<PlanOf<typeof example>['mode'], string | Unknown>>();
    expect(isUnknown(state.name)).toBe(false);
    expect(Object.keys(state)).toEqual([...Object.keys(example.attributes), ...Object.keys(example.blocks)]);
  });

  test('refuse what is not in the schema', () => {
    // @ts-expect-error no such attribute
    void state.nothing;
    // @ts-expect-error state is wholly known
    const unknown: StateOf<typeof example>['name'] = {} as Unknown;
    // @ts-expect-error blocks have no other attributes
    const gate: StateOf<typeof example>['gate'] = { host: 'h', port: 1 };
    // @ts-expect-error a list of blocks is never null
    const rule: StateOf<typeof example>['rule'] = null;
    // @ts-expect-error there is no timeout for delete
    void state.timeouts?.delete;
    expect([unknown, gate, rule]).toHaveLength(3);
  });

  test('refuse options that do not fit', () => {
    // @ts-expect-error a default of the wrong type
    s.string({ optional: true, default: 1, description: 'x' });
    // @ts-expect-error neither required, optional nor computed
    s.string({ description: 'x' });
    const ofNumbers: AttributeValidator<number> = { description: '', check: () => undefined };
    // @ts-expect-error a validator of numbers on text
    s.string({ required: true, description: 'x', validators: [ofNumbers] });
    expect(ofNumbers.check(1)).toBeUndefined();
  });
});
