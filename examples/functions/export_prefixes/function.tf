# ["5e0f…/year=2026/month=1/", "5e0f…/year=2026/month=01/", "5e0f…/year=2026/month=2/day=1/", …]
output "folders" {
  value = provider::genesyscloud::export_prefixes(
    "5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b",
    "2026-01-01T00:00:00Z/2026-02-02T00:00:00Z",
  )
}
