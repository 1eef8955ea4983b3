#!/usr/bin/env bash
# The first process of a site's namespaces: site.sh FOLDER-OF-STRONGSWAN
# Installs strongSwan for the site alone and waits; with the end of its input, everything in the namespaces ends.
set -eu
own=$(dirname "$0")/etc
mount -t overlay overlay -o lowerdir="$1/usr":/usr /usr
mount -t tmpfs tmpfs /run
mkdir /run/new /run/work
mount -t overlay overlay -o lowerdir="$own:$1/etc":/etc,upperdir=/run/new,workdir=/run/work /etc
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 0 | tee /proc/sys/net/ipv4/conf/{all,default}/rp_filter >/dev/null
ip link set lo up
ip link add lan0 type veth peer name lan1
ip link set lan0 up
ip link set lan1 up
echo ready
while read -r _; do :; done
