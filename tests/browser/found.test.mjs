// The box is found on the network: by service, by name, also when the name is taken; and it says goodbye.
//
// Two hosts in network namespaces of their own, joined by a virtual cable, where that is allowed; loopback otherwise.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BINARY = process.env["BOX_BINARY"] ?? fileURLToPath(new URL("../../target/release/schoolhouse", import.meta.url));
const RESOLVER = fileURLToPath(new URL("resolver.mjs", import.meta.url));
const run = promisify(execFile);
// Names of their own, so that two runs on one machine do not meet.
const TAG = `sh${process.pid}`;
const HOSTS = [
  { space: `${TAG}a`, cable: `${TAG}va`, address: "10.77.0.1" },
  { space: `${TAG}b`, cable: `${TAG}vb`, address: "10.77.0.2" },
];
let apart = false;
const boxes = [];

const ip = (...words) => execFileSync("ip", words, { stdio: "pipe" });

function layCable() {
  const [one, other] = HOSTS;
  for (const { space } of HOSTS) ip("netns", "add", space);
  ip("link", "add", one.cable, "type", "veth", "peer", "name", other.cable);
  for (const { space, cable, address } of HOSTS) {
    ip("link", "set", cable, "netns", space);
    ip("-n", space, "addr", "add", `${address}/24`, "dev", cable);
    ip("-n", space, "link", "set", cable, "up");
    ip("-n", space, "link", "set", "lo", "up");
    ip("-n", space, "route", "add", "224.0.0.0/4", "dev", cable);
  }
}

const on = (host, words) => (apart ? ["ip", "netns", "exec", host.space, ...words] : words);

async function startBox(host) {
  const data = mkdtempSync(join(tmpdir(), "schoolhouse-found-"));
  const listen = ["--listen", "0.0.0.0:0", "--packs-listen", "0.0.0.0:0"];
  const [program, ...words] = on(host, [BINARY, "serve", "--data", data, ...listen]);
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  const deadline = Date.now() + 20_000;
  while (!said.includes(".local")) {
    if (Date.now() > deadline) throw new Error(`the box did not announce itself: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const box = { child, data, port: Number(/open at http:\/\/[^\s:]+:(\d+)/.exec(said)[1]) };
  boxes.push(box);
  return box;
}

async function stopBox(box) {
  const ended = new Promise((resolve) => box.child.once("exit", resolve));
  box.child.kill("SIGTERM");
  await ended;
}

async function ask(host, seconds, ...questions) {
  const [program, ...words] = on(host, [process.execPath, RESOLVER, String(seconds), ...questions]);
  const env = { ...process.env, ...(apart ? { INTERFACE: host.address } : {}) };
  const { stdout } = await run(program, words, { env });
  return JSON.parse(stdout);
}

before(() => {
  try {
    layCable();
    apart = true;
  } catch (error) {
    console.log(`network namespaces are not to be had here (${error.message.split("\n")[0]}); asking on this host`);
  }
});

after(async () => {
  for (const box of boxes) {
    box.child.kill("SIGKILL");
    rmSync(box.data, { recursive: true, force: true });
  }
  for (const { space } of HOSTS) {
    try {
      ip("netns", "del", space);
    } catch {
      // It was never made.
    }
  }
});

test("a box is found by service and by name, the second takes another name, and both say goodbye", async () => {
  const [school, tablet] = HOSTS;
  const first = await startBox(school);
  const questions = ["_schoolhouse._tcp.local:PTR", "_http._tcp.local:PTR", "school.local:A"];
  const heard = await ask(tablet, 3, ...questions);
  const service = heard.find(({ type, name }) => type === "SRV" && name.endsWith("_schoolhouse._tcp.local"));
  assert.equal(service?.data.port, first.port);
  assert.equal(service?.data.target, "school.local");
  const text = heard.find(({ type, name }) => type === "TXT" && name.endsWith("_schoolhouse._tcp.local"))?.data ?? [];
  for (const key of ["box=", "name=", "version=", "path=/api/v1", "packs="]) {
    assert.ok(text.some((line) => line.startsWith(key)), `${key} is missing in ${text}`);
  }
  assert.ok(heard.some(({ type, name }) => type === "PTR" && name === "_http._tcp.local"));
  const address = heard.find(({ type, name }) => type === "A" && name === "school.local")?.data;
  if (apart) assert.equal(address, school.address);

  if (apart) {
    await startBox(tablet);
    const both = await ask(school, 6, "school.local:A", "school-2.local:A");
    assert.ok(both.some(({ type, name }) => type === "A" && name === "school-2.local"), JSON.stringify(both));
  }

  const goodbyes = ask(tablet, 3, "nothing.local:A");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await stopBox(first);
  const farewell = (await goodbyes).filter(({ type, ttl }) => type === "PTR" && ttl === 0);
  assert.ok(farewell.length > 0, "no goodbye was heard");
});
