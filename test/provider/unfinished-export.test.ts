import type { Compliance } from '../../src/provider';
import { formatExportId, parseExportId } from '../../src/provider/export-id';
import { resolveScope } from '../../src/provider/legalhold/scope';
import { jobIds } from '../../src/provider/validators';

const JOBS = ['1a000000-0000-4000-8000-000000000001', '1a000000-0000-4000-8000-000000000002'];

describe('the id of an export that was cut short', () => {
  test('says how many batches have no job, and is read back', () => {
    const id = formatExportId({ jobIds: JOBS, withoutJob: 3 });

    expect(id).toBe(`${JOBS.join(',')},+3`);
    expect(parseExportId(id)).toEqual({ jobIds: JOBS, withoutJob: 3 });
  });

  test('is the jobs alone when all batches have one, and empty without any', () => {
    expect(formatExportId({ jobIds: JOBS, withoutJob: 0 })).toBe(JOBS.join(','));
    expect(formatExportId({ jobIds: [], withoutJob: 2 })).toBe('');
    expect(parseExportId(JOBS.join(',').toUpperCase())).toEqual({ jobIds: JOBS, withoutJob: 0 });
  });

  test('is refused where a whole export is wanted, with what it lacks', () => {
    expect(jobIds.check(`${JOBS.join(',')},+3`)).toContain('3 of its batches had no job yet');
    expect(jobIds.check(JOBS.join(','))).toBeUndefined();
  });

  test('is no scope for a hold, in whatever process, although every job there is so far is done', async () => {
    // Given jobs that Genesys Cloud would call exported
    const completion = jest.fn();
    const client = { genesys: { exports: { completion } } } as unknown as Compliance;

    // When the hold asks for its scope
    const args = {
      export_job_id: `${JOBS.join(',')},+1`,
      conversation_ids: null,
      conversations_from: null,
      scope: null,
    };
    const scope = resolveScope(client, args, new AbortController().signal);

    // Then it is refused, and nothing was asked
    await expect(scope).rejects.toMatchObject({ summary: 'Export is not finished', path: ['export_job_id'] });
    expect(completion).not.toHaveBeenCalled();
  });
});
