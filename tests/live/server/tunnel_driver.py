"""A VPN service driver with real tunnels: strongSwan in the namespaces of another process.

The API is the stock driver's own code, the translation of the identities included. In place of
the message to an agent, a thread of this process loads the connections into strongSwan and
reports their statuses by the method that receives the agent's reports. As the stock agent with
strongSwan, it keeps a tunnel if only the key of its connection changed, and negotiates it anew
after every other change.

LAB_SITE is the id of the process; its network has the devices wan0 and lan0.
"""
import ipaddress
import os
import threading
import time

from neutron_lib import constants
from neutron_lib import context as contexts
from neutron_lib.db import api as database
from neutron_lib.plugins import directory
from neutron_vpnaas.db.vpn import vpn_models
from neutron_vpnaas.services.vpn.service_drivers import base_ipsec
from neutron_vpnaas.services.vpn.service_drivers import ipsec_validator
from oslo_log import log

import strongswan
from database_lock import WRITING

LOG = log.getLogger(__name__)
POLL_SECONDS = 0.25
RETRY_SECONDS = 1


class TunnelDriver(base_ipsec.BaseIPsecVPNDriver):

    def __init__(self, service_plugin):
        self.site = strongswan.Site(os.environ["LAB_SITE"])
        self.changed = threading.Event()
        self.loaded, self.tried, self.ends = {}, {}, set()
        super().__init__(service_plugin, ipsec_validator.IpsecVpnValidator(self))

    def create_rpc_conn(self):
        self.agent_rpc = self
        threading.Thread(target=self._work, daemon=True).start()

    def vpnservice_updated(self, context, router_id, **_):
        """What the stock driver calls to send its agent a message."""
        self.changed.set()

    def _work(self):
        self.changed.wait()
        while True:
            self.changed.wait(POLL_SECONDS)
            self.changed.clear()
            try:
                services = self._services()
                self._configure(services)
                self._report(services)
            except Exception:
                LOG.exception("the tunnels")
                time.sleep(RETRY_SECONDS)

    def _services(self):
        admin = contexts.get_admin_context()
        with database.CONTEXT_READER.using(admin):
            networks = self.service_plugin._build_local_subnet_cidr_map(admin)
            return [self.make_vpnservice_dict(row, networks)
                    for row in admin.session.query(vpn_models.VPNService)]

    def _configure(self, services):
        self._set_addresses(services)
        rows = [row for service in services for row in enabled(service)]
        wanted = {row["id"]: (strongswan.connection_of(row), strongswan.secret_of(row))
                  for row in rows}
        if wanted == self.loaded:
            return
        file = os.path.abspath("tunnels.conf")
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with open(descriptor, "w") as out:
            for connection, secret in wanted.values():
                out.write("\n".join([*connection, *secret, ""]))
        self.site.load(file)
        before, self.loaded = self.loaded, wanted
        for name in self.site.tunnels():
            if before.get(name, [None])[0] != wanted.get(name, [None])[0]:
                self.site.terminate(name)
                self.tried.pop(name, None)

    def _set_addresses(self, services):
        """A router has its addresses whether its connections are up or not."""
        rows = [row for service in services for row in service["ipsec_site_connections"]]
        ends = {(row["external_ip"], *row["local_cidrs"]) for row in rows}
        if ends == self.ends or not rows:
            return
        gateways = {one["cidr"]: one["gateway_ip"]
                    for one in directory.get_plugin().get_subnets(contexts.get_admin_context())}
        inside = {f"{gateways[network]}/{ipaddress.ip_network(network).prefixlen}"
                  for row in rows for network in row["local_cidrs"]}
        outside = {ipaddress.ip_interface(row["external_ip"]) for row in rows}
        self.site.set_addresses("wan0", {one.with_prefixlen for one in outside})
        self.site.set_addresses("lan0", inside)
        self.ends = ends

    def _report(self, services):
        tunnels = self.site.tunnels()
        report = []
        for service in services:
            on = enabled(service)
            states = {}
            for row in service["ipsec_site_connections"]:
                ike, passes = tunnels.get(row["id"], (None, False))
                if row in on and not passes and row["initiator"] == "bi-directional":
                    self._initiate(row["id"], ike)
                status = constants.ACTIVE if row in on and passes else constants.DOWN
                if status != row["status"]:
                    states[row["id"]] = {"status": status, "updated_pending_status": True}
            status = constants.ACTIVE if on else constants.DOWN
            if states or status != service["status"] and service["ipsec_site_connections"]:
                report.append({"id": service["id"], "status": status,
                               "updated_pending_status": True, "ipsec_site_connections": states})
        if report:
            with WRITING:
                self.service_plugin.update_status_by_agent(contexts.get_admin_context(), report)

    def _initiate(self, name, ike):
        """Negotiates, unless a negotiation is open or began a moment ago."""
        now = time.monotonic()
        recent = now - self.tried.get(name, -RETRY_SECONDS) < RETRY_SECONDS
        if ike in (None, "ESTABLISHED") and not recent:
            self.tried[name] = now
            self.site.initiate(name)


def enabled(service):
    return [row for row in service["ipsec_site_connections"]
            if service["admin_state_up"] and row["admin_state_up"]]
