import { attach, type Attached } from './attached';
import { FakeGenesys, INTEGRATION } from './fake-genesys';

const ADDRESS = 'genesyscloud_recording_export_job.sms';

const config = (more = '') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
  media_types    = ["message"]
  message_types  = ["sms"]
  batch_interval = "P10D"
  ${more}
}
`;

describe('genesyscloud_recording_export_job', () => {
  let genesys: FakeGenesys;
  let attached: Attached;

  beforeEach(async () => {
    genesys = new FakeGenesys();
    attached = await attach({ genesys });
  });
  afterEach(() => attached.close());

  test('exports each batch once, and then there is nothing to do', async () => {
    const { workspace } = attached;
    workspace.write(config());

    await workspace.apply();

    expect(genesys.calls.filter((call) => call.startsWith('create'))).toHaveLength(3);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      state: 'exported',
      batch_count: 3,
      conversation_count: 3,
      completed_at: '2026-02-01T00:00:00.000Z',
      conversation_ids_sha256: genesys.conversations.sha256,
      include_metadata: false,
      wait_for: 'exported',
    });
    expect((await workspace.plan()).code).toBe(0);
    expect((await workspace.run(['apply', '-refresh-only', '-auto-approve', '-no-color'])).text).toContain(
      'Resources: 0 added, 0 changed, 0 destroyed',
    );
  });
});
