/** Requests about the audits. None of them changes anything. */
import * as v from 'valibot';
import { operation } from '../operation';
import { anotherId } from '../operations';
import * as shapes from '../shapes';

const QUERY = '/api/v2/audits/query';
const PERMISSIONS = ['audits:audit:view'];

/** `AuditQueryExecutionStatusResponse` */
const execution = shapes.entity({
  id: shapes.id,
  state: v.picklist(['Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled']),
});

const reference = shapes.entity({ id: shapes.maybe(v.string()), name: shapes.maybe(v.string()) });

/** `AuditLogMessage`, as far as it says who did what to which thing. */
const message = shapes.entity({
  id: shapes.id,
  eventDate: shapes.instant,
  action: v.string(),
  entityType: shapes.maybe(v.string()),
  entity: shapes.maybe(reference),
  status: shapes.maybe(v.string()),
  level: shapes.maybe(v.string()),
  user: shapes.maybe(reference),
  client: shapes.maybe(reference),
  remoteIp: shapes.maybe(v.array(v.string())),
  context: shapes.maybe(v.record(v.string(), v.unknown())),
});

export type AuditMessage = v.InferOutput<typeof message>;

export const auditOperations = {
  query: operation({
    words: 'query the audits',
    method: 'POST',
    path: QUERY,
    permissions: PERMISSIONS,
    answers: { 202: execution, 200: execution },
  }),
  status: operation({
    words: 'read the state of the audit query',
    method: 'GET',
    path: `${QUERY}/{transactionId}`,
    permissions: PERMISSIONS,
    answers: { 200: execution },
    stray: (body, asked) => anotherId(body.id, asked, 'transactionId'),
  }),
  results: operation({
    words: 'read the audits',
    method: 'GET',
    path: `${QUERY}/{transactionId}/results`,
    permissions: PERMISSIONS,
    answers: { 200: shapes.pageOf(message) },
  }),
};
