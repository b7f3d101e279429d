// A USB stick for the tests: a disk image that is mounted where systems mount sticks, as far as this machine allows it;
// otherwise a folder that the box is told of.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BINARY } from "./box.mjs";

const PACKS = fileURLToPath(new URL("../../content-packs/", import.meta.url));
const MEDIA = "/media";

/** Kinds of image, the nearest to a real stick first. */
const IMAGES = [
  { kind: "a FAT32 image", system: "vfat", make: ["mkfs.vfat", "-F", "32", "-n", "KINGSTON"], options: "loop,utf8=1" },
  { kind: "an ext4 image", system: "ext4", make: ["mkfs.ext4", "-q", "-L", "KINGSTON"], options: "loop" },
];

function run(program, ...words) {
  return execFileSync(program, words, { stdio: "pipe" });
}

function has(program) {
  return ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].some((folder) => existsSync(join(folder, program)));
}

/** The image that this machine can mount, if any. */
function mountable() {
  if (process.getuid?.() !== 0 || !existsSync("/dev/loop-control")) return null;
  const known = readFileSync("/proc/filesystems", "utf8");
  return IMAGES.find(({ system, make }) => known.includes(`\t${system}\n`) && has(make[0])) ?? null;
}

export class Stick {
  #home = mkdtempSync(join(tmpdir(), "schoolhouse-stick-"));
  #image = mountable();
  #folder;

  /** Files by their names on the stick; `megabytes` is how large the image is. */
  constructor(files, { name = "KINGSTON", megabytes = 128 } = {}) {
    if (this.#image) {
      mkdirSync(MEDIA, { recursive: true });
      this.#folder = join(mkdtempSync(join(MEDIA, "schoolhouse-test-")), name);
      const image = join(this.#home, "image");
      run("truncate", "-s", `${megabytes}M`, image);
      run(...this.#image.make, image);
      mkdirSync(this.#folder);
      this.plugIn();
    } else {
      this.#folder = join(this.#home, name);
      mkdirSync(this.#folder);
    }
    for (const [path, from] of Object.entries(files)) cpSync(from, join(this.#folder, path), { recursive: true });
    this.pull();
  }

  /** What the box must be told beside, so that it looks there. */
  get settings() {
    return this.#image ? {} : { SCHOOLHOUSE_STICK_FOLDERS: this.#folder };
  }

  /** What stands for the stick on this machine. */
  get kind() {
    return this.#image?.kind ?? "a configured folder";
  }

  get folder() {
    return this.#folder;
  }

  plugIn() {
    if (this.#image) run("mount", "-o", this.#image.options, join(this.#home, "image"), this.#folder);
    else renameSync(join(this.#home, "away"), this.#folder);
  }

  pull() {
    if (this.#image) run("umount", "-l", this.#folder);
    else renameSync(this.#folder, join(this.#home, "away"));
  }

  remove() {
    if (this.#image) {
      try {
        run("umount", "-l", this.#folder);
      } catch {
        // It is pulled out already.
      }
      rmSync(join(this.#folder, ".."), { recursive: true, force: true });
    }
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** A course of our own under another name, as a file; `padding` are bytes that nothing can make smaller. */
export function buildPack({ id, title, version = "1.0.0", from = "numbers", padding = 0, change = (pack) => pack }) {
  const home = mkdtempSync(join(tmpdir(), "schoolhouse-pack-"));
  const folder = join(home, "pack");
  cpSync(join(PACKS, from), folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, "pack.json"), "utf8"));
  writeFileSync(join(folder, "pack.json"), JSON.stringify(change({ ...manifest, id, version, title })));
  if (padding > 0) {
    const noise = Buffer.alloc(padding);
    for (let at = 0, seed = 1; at + 4 <= padding; at += 4) noise.writeUInt32LE((seed = (seed * 1664525 + 1013904223) >>> 0), at);
    writeFileSync(join(folder, "media/noise.woff2"), noise);
  }
  const file = join(home, `${basename(id)}-${version}.schoolpack`);
  run(BINARY, "pack", "build", folder, "--output", file);
  rmSync(folder, { recursive: true, force: true });
  return { file, bytes: statSync(file).size };
}
