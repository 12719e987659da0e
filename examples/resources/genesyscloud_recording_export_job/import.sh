# The ids of the recording jobs, separated by commas
terraform import genesyscloud_recording_export_job.sms 0f4c8a52-7a0e-4f6e-8f43-2f5f1f2b7c11,9b2d6c1e-5a3f-4c0d-9e8b-7a6f5e4d3c2b
