// A real box for the browsers: the release binary on free ports, with a data directory of its own.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The program under test. */
export const BINARY = process.env["BOX_BINARY"] ?? join(ROOT, "target/release/schoolhouse");

// Plain HTTP on a name that is not loopback is no secure context, just like the school's Wi-Fi.
export const HOST = "box.lan";
export const MAP_HOST = "--host-resolver-rules=MAP *.lan 127.0.0.1";

export class Box {
  #process;
  #data = mkdtempSync(join(tmpdir(), "schoolhouse-box-"));
  port = 0;
  packsPort = 0;
  code = "";
  log = "";

  /** `settings` are variables beside those of the machine. */
  constructor({ settings = {} } = {}) {
    this.settings = settings;
  }

  get origin() {
    return `http://${HOST}:${this.port}`;
  }

  /** The directory of everything that survives. */
  get data() {
    return this.#data;
  }

  async start() {
    if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: cargo build --release`);
    const listen = `127.0.0.1:${this.port}`;
    const packs = `127.0.0.1:${this.packsPort}`;
    this.#process = spawn(
      BINARY,
      ["serve", "--no-mdns", "--data", this.#data, "--listen", listen, "--packs-listen", packs],
      { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...this.settings } },
    );
    let said = "";
    this.#process.stderr.on("data", (chunk) => (this.log += chunk));
    await new Promise((resolve, reject) => {
      this.#process.stdout.on("data", (chunk) => {
        said += chunk;
        const port = /open at http:\/\/[^\s:]+:(\d+)/.exec(said)?.[1];
        if (port) {
          this.port = Number(port);
          resolve();
        }
      });
      this.#process.once("exit", (code) => reject(new Error(`the box ended with ${code}: ${this.log}`)));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.code = /Set-up code: (\S+)/.exec(said)?.[1] ?? this.code;
    const school = await (await fetch(`http://127.0.0.1:${this.port}/api/v1/school`)).json();
    this.packsPort = school.packsPort;
    return this;
  }

  /** Resident memory, in KB. */
  memory() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#process.pid}/status`, "utf8"))[1]);
  }

  /** Pulls the plug. */
  async kill(signal = "SIGKILL") {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill(signal);
    await ended;
  }

  async stop() {
    await this.kill("SIGTERM");
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** Talks to the box as a program would: its own cookies, no browser. */
export class Person {
  #cookie = "";
  constructor(box) {
    this.box = box;
  }

  async call(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${this.box.port}${path}`, {
      method,
      headers: {
        "schoolhouse-request": "1",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookie = response.headers.get("set-cookie");
    if (cookie) this.#cookie = cookie.split(";")[0];
    const text = await response.text();
    const answer = text ? JSON.parse(text) : null;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return answer;
  }

  get(path) {
    return this.call("GET", path);
  }

  post(path, body) {
    return this.call("POST", path, body);
  }
}

/** A school with one class, made without a browser; answers with the head who made it. */
export async function setUpSchool(box, names) {
  const head = new Person(box);
  await head.post("/api/v1/setup", {
    code: box.code,
    school: "Hill School",
    name: "Ms Banda",
    password: "correct horse",
    language: "en",
  });
  const made = await head.post("/api/v1/classes", { name: "Class 4" });
  const rows = names.map((name) => ({ name }));
  await head.post(`/api/v1/classes/${made.id}/students/import`, { rows });
  const { students } = await head.get(`/api/v1/classes/${made.id}/students`);
  return { head, class: made, students };
}

/** A student who signs in as a program would. */
export async function enter(box, student) {
  const client = randomBytes(8).toString("hex");
  const person = new Person(box);
  const me = await person.post("/api/v1/sign-in/pictures", { student: student.id, pictures: student.pictures, client });
  return { person, me, client, next: 1 };
}

/** Opens an activity and answers it without a browser: `count` questions, the first `right` of them right. */
export async function finish(learner, course, lesson, activity, { right = 2, count = Infinity } = {}) {
  const { person, me, client } = learner;
  const got = await person.get(`/api/v1/courses/${course}/lessons/${lesson}/activities/${activity}`);
  const where = { course, lesson, activity, run: got.run, ticket: me.ticket };
  const answers = got.items.slice(0, count).map(({ place, seed, item }, index) => ({
    type: "answer", ...where, place, item: item.id, version: item.version, seed,
    response: index < right && item.answer !== undefined ? (item.answer?.value ?? item.answer) : "7",
    score: null, milliseconds: 4000, hints: 0, tries: 1,
  }));
  const entries = [{ type: "open", ...where }, ...answers].map((entry, index, all) => ({
    ...entry, n: learner.next + index, ago: 1000 * (all.length - index),
  }));
  learner.next = (await person.post("/api/v1/evidence", { client, entries })).next;
}
