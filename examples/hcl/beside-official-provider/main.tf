# Beside the official Genesys Cloud provider in one module. Both use type names that begin with "genesyscloud_", so this
# provider gets the local name "compliance", and each of its blocks says so. Both read the same environment variables.

terraform {
  required_providers {
    genesyscloud = {
      source = "mypurecloud/genesyscloud"
    }
    compliance = {
      source = "terraform.local/genesyscloud/compliance"
    }
  }
}

data "genesyscloud_integration" "export" {
  name = "Recording export to S3"
}

resource "genesyscloud_recording_export_job" "sms" {
  provider = compliance

  integration_id = data.genesyscloud_integration.export.id
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
  media_types    = ["message"]
  message_types  = ["sms"]
  batch_interval = "P7D"
}

resource "genesyscloud_compliance_legalhold" "sms" {
  provider = compliance

  name          = "Acme v. Example"
  export_job_id = genesyscloud_recording_export_job.sms.id
}

# Functions go by the local name as well.
output "batches" {
  description = "The recording jobs of the export, in the order of time."
  value       = provider::compliance::split_interval("2026-01-01T00:00:00Z/2026-01-31T00:00:00Z", "P7D")
}
