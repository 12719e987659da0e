/**
 * Preflight against a Genesys Cloud that answers falsely: every false answer in place of every request that it makes. What passes
 * then has passed without it, too; what cannot be told is unknown.
 */
import { collectLiveFacts, type LiveSubject } from '../../src/collect/live';
import { createSurvey, ProcessState } from '../../src/genesys';
import { checkRules } from '../../src/rules';
import { FALSE_ANSWERS, type FalseAnswerKind } from '../../src/simulator';
import { DEFAULT_CLIENT } from '../../src/simulator/genesys/client';
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import type { Request, Transport } from '../../src/genesys/transport';
import { seeded, uuid, VirtualClock } from '../genesys/helpers';
import { InProcessCloud } from './in-process';

const never = new AbortController().signal;
const SUBJECT: LiveSubject = {
  askedBy: 'preflight',
  integrationId: DEFAULT_INTEGRATION.id,
  export: { scope: { conversationIds: [uuid(1), uuid(2)], mediaTypes: ['message'], messageTypes: ['sms'] } },
  hold: { externalReferenceId: 'MATTER-2026-0017' },
};

interface Run {
  /** Rules that passed, each with what it is about. */
  readonly passed: readonly string[];
  readonly asked: readonly string[];
}

async function preflight(fault?: { method: string; path: string; kind: FalseAnswerKind }): Promise<Run> {
  const clock = new VirtualClock();
  const conversations = [1, 2].map((n) => ({ id: uuid(n), start: '2026-01-10T00:00:00Z' }));
  const cloud = new InProcessCloud({ now: () => clock.now(), seed: { conversations } }, () => undefined);
  if (fault !== undefined) cloud.faults.add({ ...fault, times: 100_000 });
  const asked = new Set<string>();
  const inner = cloud.transport();
  const transport: Transport = {
    tokenExpiresAt: undefined,
    login: (signal) => inner.login(signal),
    send: (request: Request, signal) => {
      asked.add(`${request.operation.method} ${request.operation.path.replace(/\{\w+\}/g, '*')}`);
      return inner.send(request, signal);
    },
  };
  const config = {
    clientId: DEFAULT_CLIENT.id,
    clientSecret: DEFAULT_CLIENT.secret,
    region: 'us-east-1',
    requestsPerMinute: 300,
    retryTimeoutMs: 10_000,
    holdApi: 'auto' as const,
  };
  const genesys = createSurvey(config, { clock, transport, random: seeded(), state: new ProcessState() });
  const { findings } = checkRules(await collectLiveFacts({ genesys }, SUBJECT, never));
  const passed = findings.filter(({ status }) => status === 'pass').map(({ rule, id }) => `${rule} ${id}`);
  return { passed, asked: [...asked] };
}

test('nothing passes by a false answer', async () => {
  const clean = await preflight();
  expect(clean.passed.length).toBeGreaterThan(8);
  expect(clean.asked.length).toBeGreaterThan(6);

  const untrue: string[] = [];
  let hidden = 0;
  for (const request of clean.asked) {
    const [method = '', path = ''] = request.split(' ');
    for (const kind of Object.keys(FALSE_ANSWERS) as FalseAnswerKind[]) {
      const { passed } = await preflight({ method, path, kind });
      untrue.push(...passed.filter((one) => !clean.passed.includes(one)).map((one) => `${request} ${kind}: ${one}`));
      if (passed.length < clean.passed.length) hidden += 1;
    }
  }
  expect(untrue).toEqual([]);
  expect(hidden).toBeGreaterThan(clean.asked.length * 3);
});
