locals {
  tagging = provider::genesyscloud::policy_allows(
    data.aws_iam_policy_document.tagging.json,
    "s3:PutObjectTagging",
    "arn:aws:s3:::genesys-recordings/*",
  )
}

# The policy is not made when it would not let exported objects be tagged, and the message names what is in the way.
resource "aws_iam_role_policy" "tagging" {
  name   = "tagging"
  role   = "genesys-recordings-exporter"
  policy = data.aws_iam_policy_document.tagging.json

  lifecycle {
    precondition {
      condition     = local.tagging.allowed
      error_message = "Exported objects could not be tagged: ${local.tagging.reason}"
    }
  }
}

# A bucket policy must not lock the exporter out; here a principal is asked about. What is good is listed: a check for
# anything but "denied" would take "unknown" for good.
resource "aws_s3_bucket_policy" "recordings" {
  bucket = "genesys-recordings"
  policy = data.aws_iam_policy_document.bucket.json

  lifecycle {
    precondition {
      condition = contains(["allowed", "not_allowed"], provider::genesyscloud::policy_allows(
        data.aws_iam_policy_document.bucket.json,
        "s3:PutObject",
        "arn:aws:s3:::genesys-recordings/*",
        "arn:aws:iam::123456789012:role/genesys-recordings-exporter",
      ).decision)
      error_message = "The bucket policy denies what the exporter does, or may deny it."
    }
  }
}
