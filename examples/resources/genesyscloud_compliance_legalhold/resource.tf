resource "genesyscloud_compliance_legalhold" "sms_export" {
  name                  = "Acme v. Example"
  external_reference_id = "MATTER-2026-0017"
  reason                = "Preservation notice of 2026-02-03"
  export_job_id         = genesyscloud_recording_export_job.sms.id

  lifecycle {
    # A hold that reached only a part of its conversations is saved with a warning. This makes such an apply fail.
    postcondition {
      condition     = self.status == "active"
      error_message = "The hold is not complete; its attribute failures says why. Apply again to continue."
    }
  }
}
