# Export the SMS conversations of a month, wait until every file is there, then hold them.
#
# Credentials come from the environment: GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET and
# GENESYSCLOUD_REGION, as with the official provider.

terraform {
  required_providers {
    genesyscloud = {
      source = "terraform.local/genesyscloud/compliance"
    }
  }
}

variable "integration_id" {
  description = "Id of the AWS S3 recording bulk actions integration that writes the files."
  type        = string
}

resource "genesyscloud_recording_export_job" "sms" {
  integration_id = var.integration_id
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
  media_types    = ["message"]
  message_types  = ["sms"]

  # One recording job a week; at most two run at a time.
  batch_interval = "P7D"

  # A batch can take hours. When the time is up, what was done is kept and the next apply continues.
  timeouts {
    create = "12h"
  }
}

resource "genesyscloud_compliance_legalhold" "sms" {
  name                  = "Acme v. Example"
  external_reference_id = "MATTER-2026-0017"
  reason                = "Preservation notice of 2 February 2026"
  requested_by          = "legal@example.com"

  # The reference makes Terraform export first; the provider checks once more that every recording is exported.
  export_job_id = genesyscloud_recording_export_job.sms.id
}

output "exported" {
  description = "What was exported. The digest is that of the sorted conversation ids."
  value = {
    conversations = genesyscloud_recording_export_job.sms.conversation_count
    recordings    = genesyscloud_recording_export_job.sms.recording_count
    sha256        = genesyscloud_recording_export_job.sms.conversation_ids_sha256
  }
}

output "held" {
  description = "How the hold stands."
  value = {
    status  = genesyscloud_compliance_legalhold.sms.status
    held    = genesyscloud_compliance_legalhold.sms.held_count
    missing = genesyscloud_compliance_legalhold.sms.missing_count
  }
}
