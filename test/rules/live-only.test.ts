import type { Facts } from '../../src/facts';
import {
  budget,
  capacityOf,
  exportJob,
  findingsOf,
  hold,
  integration,
  latency,
  liveEstate,
  onlyProblem,
  passes,
  permission,
  seen,
  smsNumber,
  tlsPeer,
  trunk,
  unseen,
} from './estate';

const hidden = () => unseen('could not be read: telephony:plugin:all is missing');

describe('hold/capacity', () => {
  const RULE = 'hold/capacity';
  const needing = (conversations: number, change: Partial<Facts> = {}) =>
    liveEstate({ holds: [hold({ conversationCount: seen(conversations), alreadyHeld: seen(0) })], ...change });

  test('passes while there is room, up to the last place', () => {
    expect(passes(RULE, needing(412))).toBe(true);
    expect(passes(RULE, needing(900))).toBe(true);
  });

  test('fails with one conversation too many; the remedy says how many fit', () => {
    const problem = onlyProblem(RULE, needing(901));
    expect(problem).toMatchObject({ status: 'fail', severity: 'error' });
    expect(problem.message).toContain('1 would stay unprotected');
    expect(problem.remedy).toContain('900 conversations');
    expect(passes(RULE, needing(900))).toBe(true);
  });

  test('does not count what is held already', () => {
    const facts = liveEstate({ holds: [hold({ conversationCount: seen(950), alreadyHeld: seen(100) })] });
    expect(passes(RULE, facts)).toBe(true);
    const all = liveEstate({
      holds: [hold({ conversationCount: seen(950), alreadyHeld: seen(950) })],
      capacity: capacityOf({ held: unseen() }),
    });
    expect(passes(RULE, all)).toBe(true);
  });

  test('fails also when nobody knows what else is held, if the limit alone is too small', () => {
    expect(onlyProblem(RULE, needing(1001, { capacity: capacityOf({ held: unseen() }) })).status).toBe('fail');
  });

  test('cannot tell without the number in scope, or without the number held', () => {
    const uncounted = liveEstate({ holds: [hold()], exports: [exportJob()] });
    expect(onlyProblem(RULE, uncounted)).toMatchObject({ status: 'unknown' });
    const others = onlyProblem(RULE, needing(412, { capacity: capacityOf({ held: unseen('cannot be listed') }) }));
    expect(others.message).toContain('cannot be listed');
    expect(others.remedy).toContain('588 conversations');
  });

  test('two holds that fit one by one, and perhaps not together, are no pass', () => {
    const two = ['a', 'b'].map((name) =>
      hold({
        address: `genesyscloud_compliance_legalhold.${name}`,
        conversationCount: seen(500),
        dependsOn: [],
        belongsTo: `genesyscloud_recording_export_job.${name}`,
      }),
    );
    expect(findingsOf(RULE, liveEstate({ holds: two })).map(({ status }) => status)).toEqual(['unknown', 'unknown']);
  });

  test('takes the count of the export, or of the ids that are listed', () => {
    const ofExport = liveEstate({ holds: [hold()], exports: [exportJob({ conversationCount: seen(2000) })] });
    expect(onlyProblem(RULE, ofExport).status).toBe('fail');
    const listed = liveEstate({
      holds: [hold({ conversationIds: seen(['a', 'b', 'a']), dependsOn: [], belongsTo: null })],
    });
    expect(passes(RULE, listed)).toBe(true);
  });

  test('knows no limit of the compliance API', () => {
    expect(passes(RULE, needing(5000, { capacity: capacityOf({ api: seen('compliance') }) }))).toBe(true);
  });

  test('what claims of other matters need takes room, also while it is not protected', () => {
    const full = needing(412, { capacity: capacityOf({ held: seen(500), claimed: seen(90) }) });
    expect(onlyProblem(RULE, full)).toMatchObject({
      status: 'fail',
      message: expect.stringContaining(
        '500 conversations are protected already, and other holds need 90 more that are not protected at the moment. 2 would stay unprotected',
      ) as string,
    });
    expect(passes(RULE, needing(410, { capacity: capacityOf({ held: seen(500), claimed: seen(90) }) }))).toBe(true);
    const unread = needing(412, { capacity: capacityOf({ claimed: unseen('could not be read from the register') }) });
    expect(onlyProblem(RULE, unread)).toMatchObject({ status: 'unknown', severity: 'warn' });
  });

  test('fails by what was seen to be protected, where not everything could be counted', () => {
    const capacity = capacityOf({ held: unseen('cannot be listed'), heldAtLeast: 700 });
    expect(onlyProblem(RULE, needing(412, { capacity })).message).toContain('at least 700 conversations are protected');
    expect(onlyProblem(RULE, needing(300, { capacity }))).toMatchObject({ status: 'unknown' });
  });

  test('counts what shares a recording; where that was not looked at it is unknown, and no pass', () => {
    const sharing = (associated: number, notLookedAt: number) =>
      liveEstate({
        holds: [
          hold({ conversationCount: seen(412), alreadyHeld: seen(0), sharing: seen({ associated, notLookedAt }) }),
        ],
      });
    const [found] = findingsOf(RULE, sharing(3, 0));
    expect(found).toMatchObject({ status: 'pass' });
    expect(found?.message).toContain('412 conversations, counting 3 that share a recording with one in scope');
    expect(onlyProblem(RULE, sharing(0, 412))).toMatchObject({ status: 'unknown', severity: 'warn' });
  });

  test('an organization that protects more than is documented has a limit that nobody knows', () => {
    const problem = onlyProblem(RULE, needing(5, { capacity: capacityOf({ held: seen(1_200) }) }));
    expect(problem).toMatchObject({ status: 'unknown', severity: 'warn' });
    expect(problem.message).toContain('1,200 already');
  });

  test('two matters over one export, or over the same ids, need one place for each conversation', () => {
    const matters = (change: Parameters<typeof hold>[0]) =>
      liveEstate({
        holds: ['a', 'b'].map((name) => hold({ address: `genesyscloud_compliance_legalhold.${name}`, ...change })),
      });
    expect(passes(RULE, matters({ conversationCount: seen(500) }))).toBe(true);
    const ids = Array.from({ length: 500 }, (_, at) => `id-${at}`);
    const listed = { conversationIds: seen<readonly string[] | null>(ids), dependsOn: [], belongsTo: null };
    expect(passes(RULE, matters(listed))).toBe(true);
  });

  test('says how an open interval goes on, and warns of room that is used up within a month', () => {
    const rolling = (count: number) =>
      liveEstate({
        holds: [
          hold({ conversationCount: seen(count), alreadyHeld: seen(0), countedUntil: seen('2026-01-31T00:00:00Z') }),
        ],
        exports: [exportJob({ interval: seen<string | null>('2026-01-01T00:00:00Z/..') })],
      });
    const [calm] = findingsOf(RULE, rolling(60));
    expect(calm?.status).toBe('pass');
    expect(calm?.message).toContain(
      '60 conversations in 30 days so far; at that pace the room that is left lasts about 420 days',
    );
    expect(onlyProblem(RULE, rolling(600))).toMatchObject({ status: 'warn' });
    const uncounted = liveEstate({
      holds: [hold({ conversationCount: seen(5), alreadyHeld: seen(0) })],
      exports: [exportJob({ interval: seen<string | null>('2026-01-01T00:00:00Z/..') })],
    });
    expect(findingsOf(RULE, uncounted)[0]?.message).toContain('how much is unknown');
  });

  test('in a plan, without anybody who counts, says so', () => {
    const { capacity: _notInPlans, ...plan } = needing(412);
    expect(onlyProblem(RULE, { ...plan, moment: 'plan' }).status).toBe('unknown');
  });
});

describe('byoc/sip-registration', () => {
  const RULE = 'byoc/sip-registration';
  const facts = (change: Parameters<typeof trunk>[0]) => liveEstate({ trunks: [trunk(change)] });
  const contact = (method: 'REGISTER' | 'OPTIONS', error = '') =>
    seen([{ proxy: 'sip-b.example.net:5061', method, answered: false, error }]);

  test('passes when registered, and when it does not register and is in service', () => {
    expect(passes(RULE, facts({}))).toBe(true);
    expect(passes(RULE, facts({ registers: seen(false), contacts: seen([]) }))).toBe(true);
  });

  test('fails with what the carrier said, and claims nothing about SMS', () => {
    const problem = onlyProblem(
      RULE,
      facts({ inService: seen(false), contacts: contact('REGISTER', '403 Forbidden.') }),
    );
    expect(problem.status).toBe('warn');
    expect(problem.message).toContain('is not registered with sip-b.example.net:5061: 403 Forbidden.');
    expect(problem.message).toContain('SMS does not pass a trunk');
    expect(problem.remedy).toContain('SIP authentication');
  });

  test.each([
    ['switched off', { enabled: seen(false) }, 'switched off'],
    ['out of service', { inService: seen(false) }, 'not in service'],
    ['not answered', { contacts: contact('OPTIONS') }, 'gets no answer'],
  ])('fails when %s', (_name, change, message) => {
    expect(onlyProblem(RULE, facts(change)).message).toContain(message);
  });

  test('cannot tell when the state is not seen, nor when a trunk that registers has no registration', () => {
    expect(onlyProblem(RULE, facts({ contacts: hidden() }))).toMatchObject({ status: 'unknown' });
    expect(onlyProblem(RULE, facts({ contacts: hidden() })).message).toContain('telephony:plugin:all');
    expect(onlyProblem(RULE, facts({ contacts: seen([]) })).status).toBe('unknown');
  });
});

describe('byoc/certificate-verification', () => {
  const RULE = 'byoc/certificate-verification';
  const facts = (change: Parameters<typeof tlsPeer>[0]) => liveEstate({ tlsPeers: [tlsPeer(change)] });
  const chain = (state: 'incomplete' | 'untrusted' | 'invalid') =>
    seen({ state, evidence: 'unable to verify the first certificate' } as const);

  test('passes with a whole chain, without TLS for calls, and on this machine', () => {
    expect(passes(RULE, facts({}))).toBe(true);
    expect(passes(RULE, facts({ protocol: seen('plain'), chain: unseen() }))).toBe(true);
    const loopback = { carries: 'requests', protocol: seen('plain' as const), host: seen('127.0.0.1:8080') } as const;
    expect(passes(RULE, facts(loopback))).toBe(true);
  });

  test.each(['incomplete', 'untrusted', 'invalid'] as const)(
    'fails with a chain that is %s, and never says to skip it',
    (state) => {
      const problem = onlyProblem(RULE, facts({ chain: chain(state) }));
      expect(problem.status).toBe('warn');
      expect(problem.remedy).toContain(state === 'invalid' ? 'Renew' : 'certificate');
      expect(problem.remedy).toContain('Do not switch verification off');
      expect(problem.evidence.map(({ text }) => text)).toContain('unable to verify the first certificate');
    },
  );

  test('fails when verification is switched off, whatever the chain', () => {
    const problem = onlyProblem(RULE, facts({ verificationOff: seen('NODE_TLS_REJECT_UNAUTHORIZED=0') }));
    expect(problem.remedy).toMatch(/^Remove NODE_TLS_REJECT_UNAUTHORIZED=0/);
  });

  test('fails when tokens go out in the clear', () => {
    const open = {
      carries: 'requests',
      protocol: seen('plain' as const),
      host: seen('gateway.example.com:80'),
    } as const;
    expect(onlyProblem(RULE, facts(open)).message).toContain('without TLS');
  });

  test('cannot tell when nobody could look', () => {
    const problem = onlyProblem(RULE, facts({ chain: unseen('could not be looked at: the connection was refused') }));
    expect(problem.status).toBe('unknown');
    expect(problem.remedy).toContain('openssl s_client -connect sip.example.net:5061');
  });
});

describe('byoc/sms-number', () => {
  const RULE = 'byoc/sms-number';
  const facts = (change: Parameters<typeof smsNumber>[0]) => liveEstate({ smsNumbers: [smsNumber(change)] });

  test('passes when active and bound; a number of Genesys Cloud needs no integration', () => {
    expect(passes(RULE, facts({}))).toBe(true);
    expect(passes(RULE, facts({ providedByGenesys: seen(true), integrationId: seen(null) }))).toBe(true);
  });

  test.each([
    ['pending', { status: seen('PENDING') }, 'is PENDING'],
    ['unbound', { integrationId: seen(null) }, 'bound to no integration'],
    [
      'pending and unbound',
      { status: seen('PENDING'), integrationId: seen(null) },
      'is PENDING and bound to no integration',
    ],
    ['without SMS', { supportsSms: seen(false) }, 'does not take SMS'],
  ])('fails when %s, and says that earlier conversations are exported', (_name, change, message) => {
    const problem = onlyProblem(RULE, facts(change));
    expect(problem.message).toContain(message);
    expect(problem.message).toContain('earlier ones are exported all the same');
  });

  test('cannot tell without the right to look', () => {
    expect(onlyProblem(RULE, facts({ status: hidden() })).status).toBe('unknown');
  });

  test('looks only at the numbers that the export names, and at none for calls', () => {
    const numbers = [
      smsNumber(),
      smsNumber({ address: 'number-2', number: seen('+442079460123'), status: seen('PENDING') }),
    ];
    const scope = (addressTo: string | null) =>
      liveEstate({ smsNumbers: numbers, exports: [exportJob({ addressTo: seen(addressTo) })] });
    expect(passes(RULE, scope('+13175550100'))).toBe(true);
    expect(onlyProblem(RULE, scope('+442079460123')).subject.address).toBe('number-2');
    expect(findingsOf(RULE, scope(null))).toHaveLength(2);
    expect(findingsOf(RULE, scope('+19995550199'))).toHaveLength(2);
    const voice = exportJob({ mediaTypes: seen(['voice']), messageTypes: seen([]) });
    expect(findingsOf(RULE, liveEstate({ smsNumbers: numbers, exports: [voice] }))).toEqual([]);
  });
});

describe('export/integration', () => {
  const RULE = 'export/integration';
  const facts = (change: Parameters<typeof integration>[0]) => liveEstate({ integrations: [integration(change)] });

  test('passes when active', () => expect(passes(RULE, facts({}))).toBe(true));
  test('fails when off, and when there is none', () => {
    expect(onlyProblem(RULE, facts({ state: seen('INACTIVE') }))).toMatchObject({ status: 'fail' });
    expect(onlyProblem(RULE, facts({ state: seen(null), typeId: hidden() })).message).toContain(
      'There is no integration',
    );
  });
  test('cannot tell without the right to look', () => {
    expect(onlyProblem(RULE, facts({ state: hidden() })).status).toBe('unknown');
  });
});

describe('api/permissions', () => {
  const RULE = 'api/permissions';
  const facts = (change: Parameters<typeof permission>[0]) => liveEstate({ permissions: [permission(change)] });

  test('passes what is granted', () => expect(passes(RULE, facts({}))).toBe(true));
  test('fails with the permission to grant', () => {
    const problem = onlyProblem(RULE, facts({ granted: seen(false) }));
    expect(problem).toMatchObject({ status: 'fail', severity: 'error', detail: 'recording:job:add' });
    expect(problem.remedy).toContain('Grant recording:job:add');
  });
  test('cannot tell what could not be tried', () => {
    expect(onlyProblem(RULE, facts({ granted: unseen('could not be tried: timeout') })).message).toContain('timeout');
  });
});

describe('api/rate-limit', () => {
  const RULE = 'api/rate-limit';
  const withBudget = (change: Parameters<typeof budget>[0]) => liveEstate({ requestBudget: budget(change) });
  const counting = (conversations: number) =>
    liveEstate({ exports: [exportJob({ conversationCount: seen(conversations) })] });

  test('passes and shows the estimate', () => {
    expect(passes(RULE, liveEstate())).toBe(true);
    const message = findingsOf(RULE, liveEstate())
      .map((finding) => finding.message)
      .join('\n');
    expect(message).toMatch(/5 recording jobs, about \d+ requests for 412 conversations, 2 minutes at 300 a minute/);
  });

  test('warns of a budget above what is allowed; the remedy makes it go away', () => {
    const problem = onlyProblem(RULE, withBudget({ perMinute: seen(600) }));
    expect(problem).toMatchObject({ status: 'warn', subject: { attribute: 'requests_per_minute' } });
    const written = Number(/requests_per_minute = (\d+)/.exec(problem.remedy)?.[1]);
    expect(passes(RULE, withBudget({ perMinute: seen(written) }))).toBe(true);
  });

  test('warns of work that takes longer than an hour', () => {
    expect(onlyProblem(RULE, counting(1_000_000)).message).toContain('Everything else that uses this client waits');
  });

  test('more conversations never take fewer requests', () => {
    const minutes = [1, 50, 51, 1_000, 50_000, 400_000, 2_000_000].map((count) =>
      Number(/about (\d+) requests/.exec(findingsOf(RULE, counting(count))[1]?.message ?? '')?.[1]),
    );
    expect(minutes.every((one) => one > 0)).toBe(true);
    expect(minutes[6]).toBeGreaterThan(minutes[4] ?? Infinity);
  });

  test('cannot tell when nobody counted, and when the budget is not known', () => {
    const uncounted = liveEstate({ exports: [exportJob()], holds: [] });
    expect(onlyProblem(RULE, uncounted).message).toContain('were not counted');
    const statuses = findingsOf(RULE, withBudget({ perMinute: unseen() })).map(({ status }) => status);
    expect(statuses).toEqual(['unknown', 'unknown']);
  });
});

describe('api/hold-latency', () => {
  const RULE = 'api/hold-latency';
  const facts = (change: Parameters<typeof latency>[0]) => liveEstate({ holdLatency: latency(change) });
  const measured = (p95Ms: number) => seen({ samples: 10, medianMs: 90, p95Ms });

  test('passes up to the threshold', () => expect(passes(RULE, facts({ measured: measured(2000) }))).toBe(true));
  test('warns above it, with the figures', () => {
    const problem = onlyProblem(RULE, facts({ measured: measured(2001) }));
    expect(problem.status).toBe('warn');
    expect(problem.evidence[0]?.text).toBe('10 reads, median 90 ms, 95th percentile 2001 ms');
  });
  test('cannot tell when it does not answer', () => {
    expect(onlyProblem(RULE, facts({ measured: unseen('answers with HTTP 403') })).status).toBe('unknown');
  });
});
