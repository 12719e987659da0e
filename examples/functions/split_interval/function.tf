# ["2026-01-01T00:00:00.000Z/2026-01-08T00:00:00.000Z", …]
output "batches" {
  value = provider::genesyscloud::split_interval("2026-01-01T00:00:00Z/2026-01-31T00:00:00Z", "P7D")
}
