"""A VPN service driver without a network node: connections settle after a moment.

A production driver tells an agent what to do, and the agent later reports what became of
the tunnel.  Here a thread waits and then hands such a report to the plugin, by the method
that takes the agent's reports.

LAB_PENDING_SECONDS is the time between a request and its report.  Words in square brackets
in a connection's name or description rule that connection alone:

  [pending 2.5s]      its own time between request and report
  [pending-update]    a PUT turns it to PENDING_UPDATE until the report
  [settles DOWN]      the state that is reported (also ERROR)
  [stuck]             no report ever
"""
import os
import re
import threading

import netaddr
from neutron_lib import constants
from neutron_lib import context as contexts
from neutron_lib.db import api as database
from neutron_vpnaas.db.vpn import vpn_models
from neutron_vpnaas.services.vpn import service_drivers
from neutron_vpnaas.services.vpn.service_drivers import ipsec_validator
from oslo_log import log

from database_lock import WRITING

LOG = log.getLogger(__name__)


def word(connection, pattern):
    text = f"{connection['name']} {connection['description']}"
    return re.search(rf"\[{pattern}\]", text)


class SettlingDriver(service_drivers.VpnDriver):
    service_type = "ipsec"

    def __init__(self, service_plugin):
        super().__init__(service_plugin, ipsec_validator.IpsecVpnValidator(self))
        self.pending_seconds = float(os.environ.get("LAB_PENDING_SECONDS", "0.5"))

    def create_vpnservice(self, context, vpnservice):
        with database.CONTEXT_READER.using(context):
            row = self.service_plugin._get_vpnservice(context, vpnservice["id"])
            gateway = [fixed["ip_address"] for fixed in row.router.gw_port["fixed_ips"]]
        addresses = {
            f"v{version}_ip": next(
                (a for a in gateway if netaddr.IPAddress(a).version == version), None)
            for version in (4, 6)}
        self.service_plugin.set_external_tunnel_ips(context, vpnservice["id"], **addresses)
        vpnservice.update({f"external_{key}": value for key, value in addresses.items()})

    def update_vpnservice(self, context, old_vpnservice, vpnservice):
        self._report_later(vpnservice["id"])

    def delete_vpnservice(self, context, vpnservice):
        pass

    def create_ipsec_site_connection(self, context, connection):
        self._report_later(connection["vpnservice_id"], connection)

    def update_ipsec_site_connection(self, context, old, connection):
        if word(connection, "pending-update"):
            self.service_plugin.update_status(
                context, vpn_models.IPsecSiteConnection, connection["id"],
                constants.PENDING_UPDATE)
            connection["status"] = constants.PENDING_UPDATE
        self._report_later(connection["vpnservice_id"], connection)

    def delete_ipsec_site_connection(self, context, connection):
        self._report_later(connection["vpnservice_id"])

    def _report_later(self, service_id, connection=None):
        own = connection and word(connection, r"pending ([0-9.]+)s")
        timer = threading.Timer(
            float(own.group(1)) if own else self.pending_seconds, self._report,
            (service_id, connection and connection["id"]))
        timer.daemon = True
        timer.start()

    def _report(self, service_id, changed_id):
        try:
            with WRITING:
                self._report_now(service_id, changed_id)
        except Exception:
            LOG.exception("no report for the VPN service %s", service_id)

    def _report_now(self, service_id, changed_id):
        admin = contexts.get_admin_context()
        connections = self.service_plugin.get_ipsec_site_connections(
            admin, filters={"vpnservice_id": [service_id]})
        services = self.service_plugin.get_vpnservices(admin, filters={"id": [service_id]})
        # The stock agent never asks for a service that has no connection.
        if not services or not connections:
            return
        enabled = services[0]["admin_state_up"]
        states = {}
        for connection in connections:
            changed = connection["id"] == changed_id
            pending = connection["status"].startswith("PENDING")
            if word(connection, "stuck") or (pending and not changed):
                continue
            settles = word(connection, "settles ([A-Z]+)")
            up = enabled and connection["admin_state_up"]
            status = settles.group(1) if settles else (
                constants.ACTIVE if up else constants.DOWN)
            states[connection["id"]] = {"status": status, "updated_pending_status": changed}
        serving = enabled and any(c["admin_state_up"] for c in connections)
        self.service_plugin.update_status_by_agent(admin, [{
            "id": service_id,
            "status": constants.ACTIVE if serving else constants.DOWN,
            "updated_pending_status": True,
            "ipsec_site_connections": states}])
