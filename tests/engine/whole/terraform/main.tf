terraform {
  required_providers {
    openstack = {
      source = "terraform-provider-openstack/openstack"
    }
  }
}

variable "router_id" {}

variable "subnet_id" {}

resource "openstack_vpnaas_service_v2" "hub" {
  name           = "hub"
  router_id      = var.router_id
  admin_state_up = true
}

resource "openstack_vpnaas_ike_policy_v2" "strong" {
  name                 = "strong"
  ike_version          = "v2"
  encryption_algorithm = "aes-256"
}

resource "openstack_vpnaas_ipsec_policy_v2" "strong" {
  name = "strong"

  lifetime {
    units = "seconds"
    value = 3600
  }
}

resource "openstack_vpnaas_endpoint_group_v2" "local" {
  name      = "local"
  type      = "subnet"
  endpoints = [var.subnet_id]
}

resource "openstack_vpnaas_endpoint_group_v2" "peer" {
  for_each  = toset(["10.2.0.0/24", "10.3.0.0/24"])
  name      = each.key
  type      = "cidr"
  endpoints = [each.key]
}

resource "openstack_vpnaas_site_connection_v2" "office" {
  count             = 2
  name              = "office-${count.index}"
  psk               = "canary-terraform-psk"
  peer_address      = "203.0.113.${7 + count.index}"
  peer_id           = "203.0.113.${7 + count.index}"
  vpnservice_id     = openstack_vpnaas_service_v2.hub.id
  ikepolicy_id      = openstack_vpnaas_ike_policy_v2.strong.id
  ipsecpolicy_id    = openstack_vpnaas_ipsec_policy_v2.strong.id
  local_ep_group_id = openstack_vpnaas_endpoint_group_v2.local.id
  peer_ep_group_id  = values(openstack_vpnaas_endpoint_group_v2.peer)[count.index].id

  dpd {
    action   = "restart"
    interval = 30
    timeout  = 120
  }
}
