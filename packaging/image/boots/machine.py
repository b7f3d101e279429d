"""A box in QEMU: its card, its console, its power switch and its USB port."""

import json
import os
import re
import select
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

CARD_SIZE = 4 << 30  # larger than the image, so that the data partition has room to grow
BOOT_OFFSET = "@@4M"  # where mtools find the FAT partition


class Failed(Exception):
    """What the box did not do."""


class Card:
    """A copy of the image, as it was flashed onto a larger card."""

    def __init__(self, image):
        self.folder = tempfile.mkdtemp(prefix="boot-test-")
        self.path = os.path.join(self.folder, "card.img")
        subprocess.run(["cp", "--sparse=always", image, self.path], check=True)
        os.truncate(self.path, CARD_SIZE)

    def write(self, name, content):
        """Puts a file onto the boot partition, as a technician does."""
        subprocess.run(["mcopy", "-o", "-i", self.path + BOOT_OFFSET, "-", "::" + name], input=content, check=True)

    def read(self, name):
        """A file of the boot partition, or nothing."""
        read = ["mcopy", "-n", "-i", self.path + BOOT_OFFSET, "::" + name, "-"]
        return subprocess.run(read, capture_output=True).stdout.decode()

    def take_data(self, name, to):
        """Copies a file of the school's data out of the card. The box must be off."""
        table = json.loads(subprocess.run(["sfdisk", "-J", self.path], capture_output=True, check=True).stdout)
        start = table["partitiontable"]["partitions"][2]["start"] * 512
        dump = ["debugfs", "-R", f"dump /schoolhouse/{name} {to}", f"{self.path}?offset={start}"]
        subprocess.run(dump, capture_output=True, check=True)
        return os.path.exists(to)

    def discard(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Machine:
    """A box that was switched on. Its port 80 is `port` of this machine."""

    def __init__(self, folder, card, log, memory=768):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.monitor = os.path.join(card.folder, "monitor")
        with open(os.path.join(folder, "cmdline.txt")) as file:
            words = "console=ttyAMA0 " + file.read().strip()
        self.log = open(log, "ab")
        self.seen = b""
        self.asked = 0
        self.qemu = subprocess.Popen(
            ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "2", "-m", str(memory),
             "-accel", "tcg,thread=multi", "-display", "none", "-serial", "stdio", "-monitor", "none", "-no-reboot",
             "-kernel", os.path.join(folder, "vmlinuz"), "-initrd", os.path.join(folder, "initrd.img"), "-append", words,
             "-drive", f"file={card.path},if=none,id=card,format=raw,cache=unsafe", "-device", "virtio-blk-pci,drive=card",
             "-netdev", f"user,id=cable,restrict=on,hostfwd=tcp:127.0.0.1:{self.port}-:80",
             "-device", "virtio-net-pci,netdev=cable,romfile=", "-device", "qemu-xhci,id=usb", "-device", "i6300esb",
             "-qmp", f"unix:{self.monitor},server=on,wait=off"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        os.set_blocking(self.qemu.stdout.fileno(), False)

    def _listen(self, seconds=0.2):
        if select.select([self.qemu.stdout], [], [], seconds)[0]:
            heard = self.qemu.stdout.read() or b""
            self.log.write(heard)
            self.log.flush()
            self.seen += heard
        if self.qemu.poll() is not None:
            raise Failed(f"QEMU ended with {self.qemu.returncode}: {self.seen[-600:].decode(errors='replace')}")

    def _expect(self, pattern, seconds):
        end = time.time() + seconds
        while time.time() < end:
            found = re.search(pattern, self.seen)
            if found:
                said, self.seen = self.seen[:found.start()], self.seen[found.end():]
                return said.decode(errors="replace")
            self._listen()
        raise Failed(f"the console did not say {pattern} in {seconds} s: {self.seen[-800:].decode(errors='replace')}")

    def wait_until_open(self, seconds):
        """Waits until the program answers."""
        end = time.time() + seconds
        while time.time() < end:
            self._listen(0.5)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=3) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                pass
        raise Failed(f"no answer at port 80 in {seconds} s; the console's last words: "
                     f"{self.seen[-800:].decode(errors='replace')}")

    def log_in(self):
        """Takes the console, where the test image lets root in."""
        self.qemu.stdin.write(b"\r")
        self.qemu.stdin.flush()
        self._expect(rb"root@[^\n]*# ?", 300)
        self.run("stty -echo; PS1=; export SYSTEMD_COLORS=0 SYSTEMD_PAGER=cat", 60)

    def run(self, line, seconds=180):
        """Runs a line on the console; answers with what it printed."""
        self.asked += 1
        number = 40000 + self.asked
        self.qemu.stdin.write(f"{line}; echo END-$((40000+{self.asked}))\r".encode())
        self.qemu.stdin.flush()
        said = self._expect(rb"END-%d\r?\n" % number, seconds)
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07", "", said).replace("\r", "")

    def must(self, line, *patterns, seconds=180):
        """As `run`, and holds what was printed against patterns."""
        said = self.run(line, seconds)
        for pattern in patterns:
            if not re.search(pattern, said, re.M):
                raise Failed(f"{line}\nprinted\n{said}\nwithout {pattern}")
        return said

    def _ask_monitor(self, *commands):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(self.monitor)
            file = line.makefile("rw")
            file.readline()
            for command in ({"execute": "qmp_capabilities"}, *commands):
                file.write(json.dumps(command) + "\n")
                file.flush()
                answer = {}
                while "return" not in answer and "error" not in answer:
                    answer = json.loads(file.readline())
                if "error" in answer:
                    raise Failed(str(answer))

    def what_is_wrong(self):
        """What the system says of itself, for whoever reads the failed test."""
        try:
            self.log_in()
            return self.run("systemctl --failed --no-legend; systemctl list-jobs --no-legend; lsblk -o NAME,LABEL,SIZE,MOUNTPOINTS; "
                            "journalctl -b --no-pager -o short-monotonic -p notice | tail -40; "
                            "journalctl -b --no-pager -o short-monotonic -u 'schoolhouse*' | tail -40", 120)
        except Failed as failure:
            return f"(and the console is of no help: {failure})"

    def plug_in(self, stick):
        self._ask_monitor(
            {"execute": "blockdev-add", "arguments": {"driver": "raw", "node-name": "stick",
                                                      "file": {"driver": "file", "filename": os.path.realpath(stick)}}},
            {"execute": "device_add", "arguments": {"driver": "usb-storage", "id": "stick0", "drive": "stick",
                                                    "bus": "usb.0", "removable": True}})

    def pull_out(self):
        self._ask_monitor({"execute": "device_del", "arguments": {"id": "stick0"}})

    def cut_power(self):
        self.qemu.kill()
        self.qemu.wait()

    def switch_off(self, seconds=120):
        """Shuts the system down as it should be."""
        self.qemu.stdin.write(b"systemctl poweroff\r")
        self.qemu.stdin.flush()
        end = time.time() + seconds
        while self.qemu.poll() is None:
            if time.time() > end:
                raise Failed(f"the box did not switch itself off in {seconds} s")
            if select.select([self.qemu.stdout], [], [], 0.5)[0]:
                self.log.write(self.qemu.stdout.read() or b"")
