data "genesyscloud_recording_export_job" "january" {
  job_ids = ["0f4c8a52-7a0e-4f6e-8f43-2f5f1f2b7c11", "9b2d6c1e-5a3f-4c0d-9e8b-7a6f5e4d3c2b"]
}

output "exported" {
  value = data.genesyscloud_recording_export_job.january.state
}
