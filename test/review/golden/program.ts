/** Pieces of configuration that the golden cases are put together from. */
import { conversationIds } from '../../drift/estate';

/** The integration and the organization of every fresh simulator. */
export const INTEGRATION = '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d';
export const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';

export const JANUARY = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';

/** Conversations of a hold that names them. */
export const NAMED = conversationIds(17, 4);

/** An export of SMS; in January 2026 the simulator has 40 conversations. */
export const exportJob = ({ interval = JANUARY, more = '' } = {}): string => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "${interval}"
  batch_interval = "P7D"
  media_types    = ["message"]
  message_types  = ["sms"]${more}
}
`;

/** A legal hold on what the export covers; `more` are further arguments. */
export const hold = ({ name = 'sms', reference = 'MATTER-2026-0017', more = '' } = {}): string => `
resource "genesyscloud_compliance_legalhold" "${name}" {
  name                  = "Acme v. Example"
  export_job_id         = genesyscloud_recording_export_job.sms.id
  external_reference_id = "${reference}"${more}
}
`;

/** A legal hold on named conversations. */
export const namedHold = ({
  name = 'acme',
  ids = NAMED as readonly string[],
  more = '',
}: { name?: string; ids?: readonly string[]; more?: string } = {}): string => `
resource "genesyscloud_compliance_legalhold" "${name}" {
  name                  = "Acme v. Example"
  conversation_ids      = ${JSON.stringify(ids)}
  external_reference_id = "MATTER-2026-0017"${more}
}
`;

export const CONSENT = '\n  release_on_destroy    = true\n  release_reason        = "settled"';

/** The argument of an export that says which bucket it goes to. */
export const STORED = '\n  destination    = { bucket = aws_s3_bucket.recordings.bucket }';

/** The exported objects, tagged and locked. */
export const files = ({ more = '' } = {}): string => `
resource "genesyscloud_compliance_object_hold" "files" {
  export_job_id = genesyscloud_recording_export_job.sms.id
  bucket        = aws_s3_bucket.recordings.bucket
  tags          = { matter = "MATTER-2026-0017" }${more}
}
`;

/** The bucket that recordings are in, as the rules want it. */
export const BUCKET = `
resource "aws_s3_bucket" "recordings" {
  bucket              = "genesys-recordings"
  object_lock_enabled = true
}
resource "aws_s3_bucket_versioning" "recordings" {
  bucket = aws_s3_bucket.recordings.bucket
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "recordings" {
  bucket = aws_s3_bucket.recordings.bucket
  rule {
    id     = "abort"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
`;

const OBJECT_ACTIONS = [
  's3:PutObject',
  's3:PutObjectAcl',
  's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
] as const;

/** What the role of the integration may do with objects, less what a case takes away. */
export const objectStatement = (without: readonly string[] = []): string => {
  const actions = OBJECT_ACTIONS.filter((action) => !without.includes(action));
  return `{ Sid = "Objects", Effect = "Allow", Action = ${JSON.stringify(actions)}, Resource = "arn:aws:s3:::genesys-recordings/*" }`;
};

/** The role that the integration writes with; `policy` is the expression of its policy. */
export const role = (policy = rolePolicy()): string => `
resource "aws_iam_role" "exporter" {
  name               = "recordings-exporter"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::765628985471:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "${ORGANIZATION}" } } }]
  })
}
resource "aws_iam_role_policy" "export" {
  name   = "export"
  role   = aws_iam_role.exporter.name
  policy = ${policy}
}
`;

export const rolePolicy = (objects = objectStatement()): string => `jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Sid = "Bucket", Effect = "Allow", Action = ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:ListBucketMultipartUploads"], Resource = "arn:aws:s3:::genesys-recordings" },
      ${objects},
    ]
  })`;

/** A bucket policy that lets only administrators tag. */
export const LOCKOUT = `
resource "aws_s3_bucket_policy" "recordings" {
  bucket = aws_s3_bucket.recordings.bucket
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "OnlyAdministratorsTag", Effect = "Deny", Principal = "*", Action = "s3:PutObjectTagging"
      Resource  = "arn:aws:s3:::genesys-recordings/*"
      Condition = { ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::123456789012:role/admin" } } }]
  })
}
`;
