"""Fills the databases in the working directory: seed.py tables|identity|network

Speaks to the services' WSGI applications in this process, so it needs no port.
"""
import base64
import json
import os
import sqlite3
import sys
from pathlib import Path

from werkzeug.test import Client

PEOPLE = [
    # project, user, password, roles
    ("service", "neutron", "lab-service-pass", ["admin", "service"]),
    ("lab", "lab-user", "lab-user-pass", ["member"]),
    ("lab", "lab-reader", "lab-reader-pass", ["reader"]),
    ("lab-other", "lab-other-user", "lab-other-pass", ["member"]),
]


def caller(application, prefix, headers):
    client = Client(application)

    def call(method, path, body=None):
        reply = client.open(prefix + path, method=method, json=body, headers=headers)
        if reply.status_code >= 400:
            sys.exit(f"{method} {path}: {reply.status} {reply.text}")
        return reply

    return call


def tables():
    """Neutron's own migrations do not run on sqlite, so its models make the tables."""
    import sqlalchemy
    from neutron.db.migration.models import head  # noqa: F401
    from neutron_lib.db import model_base
    from neutron_vpnaas.db.models import head as vpn_head  # noqa: F401

    model_base.BASEV2.metadata.create_all(sqlalchemy.create_engine("sqlite:///neutron.sqlite"))
    for keys in (Path("fernet"), Path("credential")):
        keys.mkdir(mode=0o700)
        for number in ("0", "1"):
            (keys / number).write_bytes(base64.urlsafe_b64encode(os.urandom(32)))
            (keys / number).chmod(0o600)
    # Without a write-ahead log one reader locks a writer out.
    for name in ("neutron.sqlite", "keystone.sqlite"):
        with sqlite3.connect(name) as database:
            database.execute("PRAGMA journal_mode=WAL")


def identity():
    from keystone.wsgi.api import application

    headers = {}
    call = caller(application, "/v3", headers)

    def make(kind, **attributes):
        return call("POST", f"/{kind}s", {kind: attributes}).json[kind]["id"]

    def log_in(user, password, project):
        login = call("POST", "/auth/tokens", {"auth": {
            "identity": {"methods": ["password"], "password": {"user": {
                "name": user, "domain": {"id": "default"}, "password": password}}},
            "scope": {"project": {"name": project, "domain": {"id": "default"}}}}})
        headers["X-Auth-Token"] = login.headers["X-Subject-Token"]
        return login.json["token"]["user"]["id"]

    log_in("admin", "lab-admin-pass", "admin")
    roles = {role["name"]: role["id"] for role in call("GET", "/roles").json["roles"]}
    projects = {}
    for project, user, password, granted in PEOPLE:
        if project not in projects:
            projects[project] = make("project", name=project, domain_id="default")
        user_id = make("user", name=user, domain_id="default", password=password)
        for role in granted:
            call("PUT", f"/projects/{projects[project]}/users/{user_id}/roles/{roles[role]}")
    service = make("service", type="network", name="neutron")
    for interface in ("public", "internal", "admin"):
        make("endpoint", service_id=service, interface=interface, region_id="RegionOne",
             url="http://unused")
    user_id = log_in("lab-user", "lab-user-pass", "lab")
    call("POST", f"/users/{user_id}/application_credentials", {
        "application_credential": {"name": "lab-app-cred", "secret": "lab-app-secret"}})
    Path("fixture.json").write_text(json.dumps({
        "projectId": projects["lab"], "otherProjectId": projects["lab-other"]}))


def network():
    from neutron.wsgi.api import application

    fixture = json.loads(Path("fixture.json").read_text())
    project_id = fixture["projectId"]
    call = caller(application, "/v2.0", {})

    def make(kind, **attributes):
        return call("POST", f"/{kind}s", {kind: attributes}).json[kind]["id"]

    outside = make("network", name="lab-fixture-ext", **{"router:external": True})
    # The lower half of IPv4 is left to peers.
    pools = [{"start": "203.0.113.128", "end": "203.0.113.254"}]
    make("subnet", name="lab-fixture-ext-v4", network_id=outside, ip_version=4,
         cidr="203.0.113.0/24", allocation_pools=pools, enable_dhcp=False)
    make("subnet", name="lab-fixture-ext-v6", network_id=outside, ip_version=6,
         cidr="2001:db8:ffff::/64", enable_dhcp=False)
    gateway = {"external_gateway_info": {"network_id": outside}}

    def make_router(suffix, owner=project_id, gateway=gateway):
        return make("router", name=f"lab-fixture-router{suffix}", project_id=owner, **gateway)

    def make_subnet(suffix, cidr, router_id, owner=project_id):
        inside = make("network", name=f"lab-fixture-net{suffix}", project_id=owner)
        subnet = make("subnet", name=f"lab-fixture-sub{suffix}", project_id=owner,
                      network_id=inside, ip_version=6 if ":" in cidr else 4, cidr=cidr)
        call("PUT", f"/routers/{router_id}/add_router_interface", {"subnet_id": subnet})
        return subnet

    # The same objects as in simulator/fixture.ts.
    fixture["routerId"] = make_router("")
    fixture["subnetId"] = make_subnet("1", "10.10.0.0/24", fixture["routerId"])
    fixture["secondSubnetId"] = make_subnet("2", "10.20.0.0/24", fixture["routerId"])
    fixture["secondRouterId"] = make_router("-second")
    fixture["thirdSubnetId"] = make_subnet("-second", "10.40.0.0/24", fixture["secondRouterId"])
    fixture["ipv6SubnetId"] = make_subnet("-v6", "2001:db8:40::/64", fixture["secondRouterId"])
    fixture["closedRouterId"] = make_router("-closed", gateway={})
    fixture["closedSubnetId"] = make_subnet("-closed", "10.30.0.0/24", fixture["closedRouterId"])
    other = fixture.pop("otherProjectId")
    fixture["foreignRouterId"] = make_router("-foreign", owner=other)
    fixture["foreignSubnetId"] = make_subnet(
        "-foreign", "10.50.0.0/24", fixture["foreignRouterId"], owner=other)
    Path("fixture.json").write_text(json.dumps(fixture))


if __name__ == "__main__":
    work = {"tables": tables, "identity": identity, "network": network}[sys.argv[1]]
    sys.argv = [sys.argv[0]]  # the services parse what is left there
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    work()
    sys.stdout.flush()
    os._exit(0)  # Neutron's worker threads would keep the process up
