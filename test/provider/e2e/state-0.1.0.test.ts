/** What version 0.1.0 wrote is understood by this version: nothing to do, or one update in place for each resource. */
import { OLD_ADDRESSES, openState, type OldState } from '../state-0.1.0';

describe.each(['compliance', 'deletion-protection'] as const)('state of 0.1.0, hold API %s', (holdApi) => {
  let old: OldState;
  beforeAll(async () => {
    old = await openState(holdApi);
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
