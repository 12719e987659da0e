import type { Compliance } from '../../src/provider';
import { resolveScope } from '../../src/provider/legalhold/scope';

describe('a hold on an export that this apply left unfinished', () => {
  test('is refused although every job there is so far is done', async () => {
    // Given jobs that Genesys Cloud would call exported, and a batch without a job that their ids cannot tell of
    const completion = jest.fn();
    const client = {
      unfinishedExports: new Set(['job-1,job-2']),
      genesys: { exports: { completion } },
    } as unknown as Compliance;

    // When the hold asks for its scope
    const scope = resolveScope(
      client,
      { export_job_id: 'job-1,job-2', conversation_ids: null },
      new AbortController().signal,
    );

    // Then it is refused, and nothing was asked
    await expect(scope).rejects.toMatchObject({ summary: 'Export is not complete', path: ['export_job_id'] });
    expect(completion).not.toHaveBeenCalled();
  });
});
