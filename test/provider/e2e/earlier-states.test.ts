/** What earlier versions wrote is understood by this version: nothing to do, or one update in place for each resource. */
import { EARLIER, OLD_ADDRESSES, openState, type OldState } from '../earlier-state';

const STATES = EARLIER.flatMap((version) =>
  (['compliance', 'deletion-protection'] as const).map((holdApi) => [version, holdApi] as const),
);

describe.each(STATES)('%s, hold API %s', (version, holdApi) => {
  let old: OldState;
  beforeAll(async () => {
    old = await openState(version, holdApi);
  });
  afterAll(() => old.close());

  test('plans nothing, or updates in place', async () => {
    const actions = await old.attached.workspace.actions();

    expect(Object.keys(actions).sort()).toEqual(OLD_ADDRESSES);
    expect(Object.values(actions).filter((action) => action !== 'no-op' && action !== 'update')).toEqual([]);
  });

  test('is brought up to date by one apply, which takes nothing away', async () => {
    const { protected: before } = old.simulator.state();

    await old.attached.workspace.apply();

    expect(old.simulator.state().protected).toEqual(before);
    const { code, text } = await old.attached.workspace.plan();
    expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  });
});
