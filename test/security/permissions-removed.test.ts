/**
 * The rest of the table of permissions, tried on one organization: with all of a use everything works, and without any one of
 * them exactly what needs it fails, with that one's name.
 */
import {
  ConversationSet,
  createGenesys,
  createSurvey,
  GenesysError,
  ProcessState,
  USES,
  type Batch,
  type Genesys,
  type Survey,
} from '../../src/genesys';
import { startSimulator, type Simulator } from '../../src/simulator';
import { fastClock, never, seeded, uuid } from '../genesys/helpers';
import { Session } from '../simulator/session';

const COMPLIANCE = [
  'reads holds by the compliance API',
  'places holds by the compliance API',
  'releases holds by the compliance API',
];
const allOf = (...begins: readonly string[]): readonly string[] => [
  ...new Set(
    begins.flatMap((begin) => {
      const found = USES.find(({ purpose }) => purpose.startsWith(begin));
      if (found === undefined) throw new Error(`no use begins with "${begin}"`);
      return [...found.all, ...found.oneOf.flat()];
    }),
  ),
];
const HELD = [1, 2, 3].map(uuid);

let simulator: Simulator;
let clients = 0;
beforeAll(async () => {
  simulator = await startSimulator({ now: fastClock(20).now, complianceApi: true });
  simulator.seed({ conversations: HELD.map((id) => ({ id, start: '2026-01-10T12:00:00Z' })) });
});
afterAll(() => simulator.stop());

interface Little {
  readonly genesys: Genesys;
  readonly survey: Survey;
  /** The same client, for what the product does not ask. */
  readonly session: () => Promise<Session>;
}

/** A client that has exactly these permissions. */
function clientWith(permissions: readonly string[]): Little {
  const client = { id: `little-${(clients += 1)}`, secret: 'little-secret-1' };
  simulator.seed({ clients: [{ ...client, permissions }] });
  return reach(client);
}

function reach(client: { readonly id: string; readonly secret: string }): Little {
  const config = {
    clientId: client.id,
    clientSecret: client.secret,
    region: 'us-east-1',
    gateway: { protocol: 'http' as const, host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
    requestsPerMinute: 300,
    retryTimeoutMs: 60_000,
    holdApi: 'compliance' as const,
  };
  const world = { clock: fastClock(20), random: seeded(), state: new ProcessState() };
  return {
    genesys: createGenesys(config, world),
    survey: createSurvey(config, world),
    session: () => Session.join(simulator, undefined, client),
  };
}

const administrator = (): Little =>
  reach({
    id: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '',
    secret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '',
  });

/** `works`, or the permission that an error names as missing. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'works';
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    return String(error.missingPermission);
  }
}

describe('holds by the compliance API', () => {
  /** Everything that is done with them; the hold that is read and released was placed by somebody else. */
  async function everything({ genesys }: Little): Promise<Readonly<Record<string, string>>> {
    const name = `Acme ${clients}`;
    const conversations = ConversationSet.of(HELD);
    const { holdId } = await administrator()
      .genesys.holds.api('compliance')
      .protect({ name }, null, conversations, never);
    const api = genesys.holds.api('compliance');
    return {
      place: await outcome(api.protect({ name: `${name} again` }, null, conversations, never)),
      look: await outcome(api.status(holdId, conversations, never)),
      list: await outcome(api.conversations(holdId ?? '', never)),
      release: await outcome(
        api.lift(holdId, conversations, () => undefined, never).then(() => api.status(holdId, conversations, never)),
      ),
    };
  }
  const whole = allOf(...COMPLIANCE);
  const VIEW = 'compliance:legalHold:view';
  const ADD = 'compliance:legalHold:add';
  const DELETE = 'compliance:legalHold:delete';

  /** For recordings that belong to several conversations. */
  const RECORDINGS = ['recording:recording:view', 'recording:recordingSegment:view'];

  test('the table names these permissions, and with them all of it works', async () => {
    expect([...whole].sort()).toEqual([ADD, DELETE, VIEW, ...RECORDINGS]);
    expect(await everything(clientWith(whole))).toEqual({
      place: 'works',
      look: 'works',
      list: 'works',
      release: 'works',
    });
  });

  test.each([
    [ADD, { place: ADD, look: 'works', list: 'works', release: 'works' }],
    [DELETE, { place: 'works', look: 'works', list: 'works', release: DELETE }],
    // Placing and releasing look before and after.
    [VIEW, { place: VIEW, look: VIEW, list: VIEW, release: VIEW }],
  ])('without %s', async (permission, expected) => {
    const client = clientWith(whole.filter((one) => one !== permission));
    expect(await everything(client)).toEqual(expected);
  });

  test.each([
    ['reads', { place: ADD, look: 'works', list: 'works', release: DELETE }],
    ['places', { place: 'works', look: 'works', list: 'works', release: DELETE }],
    ['releases', { place: ADD, look: 'works', list: 'works', release: 'works' }],
  ])('a client that %s them can do that, and nothing more', async (begin, expected) => {
    expect(await everything(clientWith(allOf(`${begin} holds by the compliance API`)))).toEqual(expected);
  });
});

describe('trunks and SMS numbers', () => {
  const TRUNKS = allOf('looks at trunks');
  const NUMBERS = allOf('looks at SMS numbers');

  async function everything({ survey }: Little): Promise<Readonly<Record<string, string>>> {
    const [trunk] = (await (await administrator().session()).get('/api/v2/telephony/providers/edges/trunks')).body
      .entities as readonly { readonly id: string; readonly trunkBase: { readonly id: string } }[];
    return {
      trunk: await outcome(survey.trunk(trunk?.id ?? '', never)),
      settings: await outcome(survey.trunkSettings(trunk?.trunkBase.id ?? '', never)),
      numbers: await outcome(survey.smsNumbers(never)),
    };
  }

  test.each([
    ['all of the table', [...TRUNKS, ...NUMBERS], { trunk: 'works', settings: 'works', numbers: 'works' }],
    ['no permission for numbers', TRUNKS, { trunk: 'works', settings: 'works', numbers: 'sms:phoneNumber:view' }],
    [
      'no permission for trunks',
      NUMBERS,
      { trunk: 'telephony:plugin:all', settings: 'telephony:plugin:all', numbers: 'works' },
    ],
  ])('with %s', async (_, permissions, expected) => {
    expect(await everything(clientWith(permissions))).toEqual(expected);
  });
});

describe('what a run of an export that goes well does not ask for', () => {
  const whole = allOf('runs exports');
  const CANCEL = 'recording:job:delete';
  const INTEGRATION = 'integrations:integration:view';

  async function everything({ genesys, session }: Little): Promise<Readonly<Record<string, string>>> {
    const { body: job } = await (await session()).createJob();
    const batch: Batch = {
      jobId: job.id as string,
      interval: '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z',
      state: 'pending',
      conversations: 0,
      recordings: 0,
      failedRecordings: 0,
      error: null,
    };
    return {
      cancel: await outcome(genesys.exports.cancel([batch], never)),
      integration: await outcome(genesys.integration(simulator.integrationId, never)),
    };
  }

  test.each([
    ['none', { cancel: 'works', integration: 'works' }],
    [CANCEL, { cancel: CANCEL, integration: 'works' }],
    [INTEGRATION, { cancel: 'works', integration: INTEGRATION }],
  ])('taken away: %s', async (permission, expected) => {
    expect(await everything(clientWith(whole.filter((one) => one !== permission)))).toEqual(expected);
  });
});
