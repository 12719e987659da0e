/** Who changed what, by the audits of Genesys Cloud. */
export { auditOperations } from './operations';
export { createAuditTrail, type AuditAction, type AuditRange, type AuditTrail } from './trail';
