# Objects that are held already: the bucket, a slash, and the key prefix
terraform import genesyscloud_compliance_object_hold.folder acme-recordings/5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b/year=2026/month=1/
