# Before a bucket is given up: does any matter still need what is in it?
data "genesyscloud_compliance_holds" "all" {}

output "matters_in_the_bucket" {
  value = distinct([
    for claim in data.genesyscloud_compliance_holds.all.claims : claim.matter
    if anytrue([for place in claim.places : startswith(place, "s3://acme-recordings/")])
  ])
}
