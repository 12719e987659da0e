# A hold whose state is looked after: an apply that could hold only a part fails after it has saved what is held, and
# every plan says when somebody has released conversations.

terraform {
  required_providers {
    genesyscloud = {
      source = "terraform.local/genesyscloud/compliance"
    }
  }
}

variable "conversation_ids" {
  description = "Conversations to hold."
  type        = set(string)
}

resource "genesyscloud_compliance_legalhold" "named" {
  name             = "Acme v. Example"
  conversation_ids = var.conversation_ids

  # To release the hold: set this to true, apply, and only then destroy.
  release_on_destroy = false

  lifecycle {
    postcondition {
      condition     = self.status == "active"
      error_message = "${self.missing_count} conversations are not held, see gaps. What is held stays held; apply again for the rest."
    }
  }
}

# A check does not stop anything; it is for the scheduled plan that looks for drift.
check "nothing_is_missing" {
  assert {
    condition     = genesyscloud_compliance_legalhold.named.status == "active"
    error_message = "${genesyscloud_compliance_legalhold.named.missing_count} conversations of the hold are not held, see gaps. The next apply tries again."
  }
}
