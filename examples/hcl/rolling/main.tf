# A rolling matter: everything of one channel from a day on. One resource, applied every night: each apply holds what the
# whole days have brought that have ended since, and what came late to those before.

terraform {
  required_providers {
    genesyscloud = {
      source = "terraform.local/genesyscloud/compliance"
    }
  }
}

variable "from" {
  description = "Day from which on everything is held, e.g. 2026-01-01."
  type        = string
}

resource "genesyscloud_compliance_legalhold" "rolling" {
  name                  = "Acme v. Example"
  external_reference_id = "MATTER-2026-0017"

  scope = {
    interval       = "${var.from}T00:00:00Z/.."
    batch_interval = "P1D"
    media_types    = ["message"]
    message_types  = ["sms"]
  }
}

output "held" {
  value = {
    conversations = genesyscloud_compliance_legalhold.rolling.held_count
    until         = genesyscloud_compliance_legalhold.rolling.scope_end
    late          = genesyscloud_compliance_legalhold.rolling.late_count
  }
}

# What a refresh could not look at is not a gap. Said here, and red in "genesyscloud-compliance drift".
check "everything_was_looked_at" {
  assert {
    condition     = length(coalesce(genesyscloud_compliance_legalhold.rolling.unknown, [])) == 0
    error_message = "Not everything could be looked at within the bounds of a refresh: run genesyscloud-compliance drift --full."
  }
}
