import type { ExportFact, Facts, Known } from '../../facts';
import { argument } from '../arguments';
import { inDays } from '../loss';
import type { Answered, Rule } from '../rule';
import { daysOfDuration, daysOfInterval } from '../work-estimate';
import { placeOf } from '../wording';

/** Days of one batch up to which nothing is said. Genesys Cloud documents no limit and advises short intervals. */
const ADVISED_DAYS = 31;

/** The scope of an export is split within what the engine takes. */
export const batchSize: Rule<'export/batch-size'> = {
  id: 'export/batch-size',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  title: 'an export is split into batches',
  looksAt: [
    '`interval` and `batch_interval` of each export job. A batch of more than 31 days is found. Jobs that name their conversations are not: they are split by number.',
  ],
  why: [
    'Each batch is a recording job of Genesys Cloud. A long job takes long, and when it fails, all of it is repeated. No limit is documented; Genesys Cloud advises short intervals. At most two jobs run at the same time, so many small ones cost nothing.',
  ],
  remedy: ['Set `batch_interval`, for example to `P7D`. A failed batch is then repeated alone.'],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "genesyscloud_recording_export_job" "year" {
          integration_id = var.integration_id
          interval       = "2025-01-01T00:00:00Z/2026-01-01T00:00:00Z"
          batch_interval = "P7D"
          media_types    = ["voice"]
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new GenesyscloudRecordingExportJob(this, 'year', {
          integrationId,
          interval: '2025-01-01T00:00:00Z/2026-01-01T00:00:00Z',
          batchInterval: 'P7D',
          mediaTypes: ['voice'],
        });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      text: `
        resource "genesyscloud_recording_export_job" "year" {
          integration_id = var.integration_id
          interval       = "2025-01-01T00:00:00Z/2026-01-01T00:00:00Z"
          media_types    = ["voice"]
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new GenesyscloudRecordingExportJob(this, 'year', {
          integrationId,
          interval: '2025-01-01T00:00:00Z/2026-01-01T00:00:00Z',
          mediaTypes: ['voice'],
        });`,
    },
  ],
  sources: [
    {
      title: 'Recording API of Genesys Cloud: bulk jobs',
      url: 'https://developer.genesys.cloud/devapps/api-explorer-standalone#post-api-v2-recording-jobs',
    },
  ],
  check: (facts) => facts.exports.map((fact) => check(facts, fact)),
};

function check(facts: Facts, fact: ExportFact): Answered {
  const { address, interval, batchInterval, conversationIds } = fact;
  const given = [
    ['interval', interval],
    ['batch_interval', batchInterval],
  ] as const;
  const evidence = given.flatMap(([what, known]) =>
    known.known && known.value !== null ? [{ origin: known.origin, what, text: known.value }] : [],
  );
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(fact, 'batch_interval'),
    message,
    evidence,
    remedy,
  });
  const remedy = `Set ${argument(facts, fact, 'batch_interval', 'P7D')} on ${address}.`;
  const unknown = (why: string): Answered =>
    answer('unknown', `Unknown whether the batches of ${address} are short enough: ${why}.`, remedy);

  const batch = lengthOf(batchInterval, daysOfDuration, 'batch_interval');
  if (typeof batch === 'number' && batch <= ADVISED_DAYS)
    return answer('pass', `The export ${address} runs in batches of ${inDays(batch)}.`);
  if (conversationIds.known && conversationIds.value !== null) {
    return answer('pass', `The export ${address} names its conversations, and is split by their number.`);
  }
  const whole = lengthOf(interval, daysOfInterval, 'interval');
  if (typeof whole === 'number' && whole <= ADVISED_DAYS)
    return answer('pass', `The export ${address} covers ${inDays(whole)}.`);
  if (typeof batch === 'string') return unknown(batch);
  if (typeof whole === 'string') return unknown(whole);
  if (whole === null) return unknown('it has no interval');
  const message =
    batch === null
      ? `The export ${address} covers ${inDays(whole)} in a single batch.`
      : `The export ${address} runs in batches of ${inDays(batch)}.`;
  return answer('fail', message, remedy);
}

/** A length in days, null when not given, or why it is not known. */
function lengthOf(
  fact: Known<string | null>,
  read: (text: string) => number | null,
  name: string,
): number | null | string {
  if (!fact.known) return `${name} ${fact.why}`;
  if (fact.value === null) return null;
  // It continues: longer than any batch.
  if (fact.value.endsWith('/..')) return Number.POSITIVE_INFINITY;
  return read(fact.value) ?? `${name} is ${fact.value}, which cannot be read`;
}
