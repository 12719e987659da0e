resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "4d1f9c1e-6f0b-4b7e-9d53-0b1f2a3c4d5e"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
  media_types    = ["message"]
  message_types  = ["sms"]
  batch_interval = "P7D"
}
