"""strongSwan in the namespaces of a process: its configuration, its tunnels and its addresses."""
import base64
import json
import re
import subprocess

GROUPS = {"group2": "modp1024", "group5": "modp1536", "group14": "modp2048", "group15": "modp3072",
          "group16": "modp4096", "group17": "modp6144", "group18": "modp8192", "group19": "ecp256",
          "group20": "ecp384", "group21": "ecp521", "group22": "modp1024s160",
          "group23": "modp2048s224", "group24": "modp2048s256", "group25": "ecp192",
          "group26": "ecp224", "group27": "ecp224bp", "group28": "ecp256bp",
          "group29": "ecp384bp", "group30": "ecp512bp", "group31": "curve25519"}
# ESP in user space cannot wait for a packet with a trap, so "hold" is "clear" here.
DPD = {"hold": "clear", "clear": "clear", "disabled": "clear", "restart": "start",
       "restart-by-peer": "start"}


def proposal(policy, *algorithms):
    words = [policy[f"{one}_algorithm"].replace("-", "") for one in algorithms]
    return "-".join([*words, GROUPS[policy["pfs"]]])


def section(name, content):
    lines = content if isinstance(content, list) else [f"{k} = {v}" for k, v in content.items()]
    return [f"{name} {{", *(f"  {line}" for line in lines), "}"]


def connection_of(row):
    """The section of swanctl.conf for a connection, as the stock driver passes it to its agent."""
    ike, ipsec = row["ikepolicy"], row["ipsecpolicy"]
    ah, aead = ipsec["transform_protocol"] == "ah", "cm-" in ipsec["encryption_algorithm"]
    algorithms = ["auth"] if ah else ["encryption"] if aead else ["encryption", "auth"]
    child = {
        "local_ts": ", ".join(row["local_cidrs"]),
        "remote_ts": ", ".join(row["peer_cidrs"]),
        f"{'ah' if ah else 'esp'}_proposals": proposal(ipsec, *algorithms),
        "mode": ipsec["encapsulation_mode"],
        "life_time": f"{ipsec['lifetime_value']}s",
        "rekey_time": f"{int(ipsec['lifetime_value'] * 0.85)}s",
        "dpd_action": DPD[row["dpd_action"]],
    }
    connection = {
        "version": ike["ike_version"].removeprefix("v"),
        "local_addrs": row["external_ip"],
        "remote_addrs": row["peer_address"],
        "proposals": proposal(ike, "encryption", "auth"),
        "aggressive": "yes" if ike["phase1_negotiation_mode"] == "aggressive" else "no",
        "rekey_time": f"{int(ike['lifetime_value'] * 0.9)}s",
        "over_time": f"{int(ike['lifetime_value'] * 0.1)}s",
        "dpd_delay": f"{0 if row['dpd_action'] == 'disabled' else row['dpd_interval']}s",
        "mobike": "no",
        "unique": "replace",
    }
    if ike["ike_version"] == "v1":
        connection["dpd_timeout"] = f"{row['dpd_timeout']}s"
    local = {"auth": "psk", "id": f'"{row["local_id"] or row["external_ip"]}"'}
    remote = {"auth": "psk", "id": f'"{row["peer_id"]}"'}
    lines = [f"{name} = {value}" for name, value in connection.items()]
    ends = [*section("local", local), *section("remote", remote),
            *section("children", section(row["id"], child))]
    return section("connections", section(row["id"], lines + ends))


def secret_of(row):
    """The section of swanctl.conf for the key of a connection."""
    key = base64.b64encode(row["psk"].encode()).decode()
    secret = {"id-1": f'"{row["peer_id"]}"', "id-2": row["peer_address"], "secret": f"0s{key}"}
    return section("secrets", section(f"ike-{row['id']}", secret))


class Site:
    """The network and the charon in the namespaces of a process."""

    def __init__(self, pid):
        self._enter = ["nsenter", "--target", pid, "--net", "--mount"]

    def run(self, *command):
        """The output of a command; CalledProcessError if it fails."""
        done = subprocess.run([*self._enter, *command], text=True, check=True,
                              stdin=subprocess.DEVNULL, capture_output=True)
        return done.stdout

    def tunnels(self):
        """The state of IKE of each connection that has one, and whether packets can pass."""
        events = self.run("swanctl", "--list-sas", "--raw").splitlines()
        found = {}
        for event in events:
            name = re.match(r"list-sa event \{(\S+) \{", event)
            if name is None:
                continue
            ike, _, children = event.partition("child-sas")
            state = re.search(r" state=(\w+)", ike).group(1)
            passes = re.search(r" state=(INSTALLED|REKEYING|REKEYED)\b", children) is not None
            before = found.get(name.group(1), (None, False))
            found[name.group(1)] = (state, passes or before[1])
        return found

    def load(self, file):
        self.run("swanctl", "--load-all", "--clear", "--noprompt", "--file", file)

    def initiate(self, name):
        """Begins to negotiate, without waiting for the result."""
        subprocess.run([*self._enter, "swanctl", "--initiate", "--child", name, "--timeout", "-1"],
                       stdin=subprocess.DEVNULL, capture_output=True)

    def terminate(self, name):
        self.run("swanctl", "--terminate", "--ike", name, "--force", "--timeout", "-1")

    def set_addresses(self, device, wanted):
        """Gives a device these addresses, each with its prefix, and no others."""
        shown = json.loads(self.run("ip", "-json", "address", "show", "dev", device))[0]
        has = {f"{one['local']}/{one['prefixlen']}" for one in shown["addr_info"]
               if one["scope"] == "global"}
        for address in sorted(wanted - has):
            # Without a search for duplicates, an address of IPv6 can be used at once.
            ready = ["nodad"] if ":" in address else []
            self.run("ip", "address", "add", address, "dev", device, *ready)
        for address in sorted(has - wanted):
            self.run("ip", "address", "del", address, "dev", device)
