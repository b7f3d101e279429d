#!/usr/bin/env python3
"""One end of a 2G link in user space, for kernels without netem: a TUN device, and what it sends is slow, late, lost and cut.

link.py NAME OWN PEER HERE THERE key=value...   HERE and THERE are sockets in the file system, which both ends see from whatever
network namespace they are in. kbit=40 delay=300 jitter=50 (milliseconds) loss=5 (percent) up=10 down=3 (seconds, in turn) seed=1
"""
import fcntl, heapq, os, random, socket, struct, subprocess, sys, threading, time

NAME, OWN, PEER, HERE, THERE = sys.argv[1:6]
line = {"kbit": 40, "delay": 300, "jitter": 50, "loss": 5, "up": 10, "down": 3, "seed": 1}
line.update({key: float(value) for key, value in (word.split("=") for word in sys.argv[6:])})
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x1, 0x1000
# Bytes that wait for the line; more are dropped, as a modem does.
QUEUE = 30_000

tun = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", NAME.encode(), IFF_TUN | IFF_NO_PI))
for words in (["addr", "add", OWN, "peer", PEER, "dev", NAME], ["link", "set", NAME, "up", "mtu", "1400"], ["link", "set", "lo", "up"]):
    subprocess.run(["ip", *words], check=True)
way = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
way.bind(HERE)

dice = random.Random(line["seed"])
began = time.monotonic()
waiting, more = [], threading.Condition()


def is_up():
    return (time.monotonic() - began) % (line["up"] + line["down"]) < line["up"]


def take_in():
    while True:
        packet = way.recv(2_000)
        os.write(tun, packet)


def send_out():
    while True:
        with more:
            while not waiting:
                more.wait()
            at, _, packet = waiting[0]
            left = at - time.monotonic()
            if left > 0:
                more.wait(left)
                continue
            heapq.heappop(waiting)
        if is_up():
            try:
                way.sendto(packet, THERE)
            except OSError:
                pass  # The other end is not there yet, or not any more.


threading.Thread(target=take_in, daemon=True).start()
threading.Thread(target=send_out, daemon=True).start()
print("ready", flush=True)
free, number = time.monotonic(), 0
while True:
    packet = os.read(tun, 2_000)
    now = time.monotonic()
    speed = line["kbit"] * 1_000 / 8
    if not is_up() or dice.random() * 100 < line["loss"] or (free - now) * speed > QUEUE:
        continue
    free = max(free, now) + len(packet) / speed
    late = max(line["delay"] + dice.uniform(-line["jitter"], line["jitter"]), 0) / 1_000
    number += 1
    with more:
        heapq.heappush(waiting, (free + late, number, packet))
        more.notify()
