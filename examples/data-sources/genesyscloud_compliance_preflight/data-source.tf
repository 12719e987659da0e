check "ready_to_export" {
  data "genesyscloud_compliance_preflight" "sms" {
    role_arn       = "arn:aws:iam::123456789012:role/recordings-exporter"
    bucket         = "recordings"
    integration_id = "7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d"
    interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
    message_types  = ["sms"]
    batch_interval = "P7D"
  }

  assert {
    condition     = data.genesyscloud_compliance_preflight.sms.passed
    error_message = join("\n", [for f in data.genesyscloud_compliance_preflight.sms.findings : "${f.rule}: ${f.message}"])
  }
}
