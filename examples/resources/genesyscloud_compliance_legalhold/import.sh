# A hold of the compliance API, by its id
terraform import genesyscloud_compliance_legalhold.sms_export compliance/5b0c6d0e-1f2a-4b3c-8d4e-5f6a7b8c9d0e

# Deletion protection of what these recording jobs exported
terraform import genesyscloud_compliance_legalhold.sms_export export/0f4c8a52-7a0e-4f6e-8f43-2f5f1f2b7c11,9b2d6c1e-5a3f-4c0d-9e8b-7a6f5e4d3c2b

# Deletion protection of these conversations
terraform import genesyscloud_compliance_legalhold.sms_export conversations/3c1d2e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f

# What follows a scope, with the claim that the register has of it
terraform import genesyscloud_compliance_legalhold.sms_export 'scope/2026-01-01T00:00:00Z/..?batch_interval=P1D&media_types=message&claim=7f0e1d2c-3b4a-4596-8877-665544332211'
