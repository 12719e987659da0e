resource "genesyscloud_compliance_object_hold" "sms_files" {
  export_job_id = genesyscloud_recording_export_job.sms.id
  bucket        = "acme-recordings"

  tags = {
    matter = "MATTER-2026-0017"
  }

  # For more versions than a process should hold by itself: jobs of S3 Batch Operations
  batch_operations = {
    role_arn      = "arn:aws:iam::123456789012:role/recording-hold"
    report_bucket = "acme-hold-reports"
  }

  lifecycle {
    # A hold that reached only a part of its objects is saved with a warning. This makes such an apply fail.
    postcondition {
      condition     = self.status == "active" && self.absent_conversation_count == 0
      error_message = "The object hold is not complete; its attributes failures and missing say why. Apply again to continue."
    }
  }
}

# Whatever lies under a prefix, without an export
resource "genesyscloud_compliance_object_hold" "folder" {
  bucket = "acme-recordings"
  prefix = "5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b/year=2026/month=1/"
  tags   = { matter = "MATTER-2026-0017" }
}
