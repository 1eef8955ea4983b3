"""Writes every frame of a network device to standard output, until its input ends: wire.py DEVICE"""
import os
import select
import socket
import sys

ALL_PROTOCOLS = 3
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(ALL_PROTOCOLS))
wire.bind((sys.argv[1], 0))
print("listening", file=sys.stderr, flush=True)
while True:
    ready, _, _ = select.select([wire, sys.stdin], [], [])
    if wire in ready:
        os.write(1, wire.recv(65535))
    elif not os.read(0, 4096):
        break
