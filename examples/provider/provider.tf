terraform {
  required_providers {
    genesyscloud = {
      source  = "terraform.local/genesyscloud/compliance"
      version = "~> 0.1"
    }
  }
}

# Credentials come from GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET.
provider "genesyscloud" {
  aws_region = "eu-central-1"
}
