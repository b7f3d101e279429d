"""A school that uses the box: set up with the code, with a class whose tablets answer and remember what was acknowledged."""

import http.client
import json
import sqlite3
import threading
import time

from .machine import Failed

COURSE = "org.schoolhouse.numbers"
HEAD = {"name": "Ms Banda", "password": "a long password"}


class Person:
    """Somebody with a browser."""

    def __init__(self, port):
        self.port = port
        self.cookie = ""

    def ask(self, method, path, body=None):
        """Answers with what the box said; OSError when it does not answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Schoolhouse-Request": "1", "Content-Type": "application/json", "Cookie": self.cookie}
        try:
            line.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = line.getresponse()
            said = answer.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            line.close()
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.split(";")[0]
        if answer.status >= 300:
            raise Failed(f"{method} {path}: {answer.status} {said[:300]}")
        return json.loads(said) if said else None


class Tablet(threading.Thread):
    """Answers without end, and keeps what the box has not acknowledged."""

    def __init__(self, number, student, port):
        super().__init__(daemon=True)
        self.client = f"{number:016x}"
        self.acknowledged = 1
        self.over = threading.Event()
        self.person = Person(port)
        door = {"student": student["id"], "pictures": student["pictures"], "client": self.client}
        self.ticket = self.person.ask("POST", "/api/v1/sign-in/pictures", door)["ticket"]
        lesson = self.person.ask("GET", f"/api/v1/courses/{COURSE}")["units"][0]["lessons"][0]
        practice = next(one for one in lesson["activities"] if one["kind"] == "practice")
        self.place = {"course": COURSE, "lesson": lesson["id"], "activity": practice["id"]}
        path = f"/api/v1/courses/{COURSE}/lessons/{lesson['id']}/activities/{practice['id']}"
        opened = self.person.ask("GET", path)
        self.practice, self.questions = opened["run"], opened["items"]

    def _answer(self, number):
        question = self.questions[number % len(self.questions)]
        return {"n": number, "ticket": self.ticket, "type": "answer", **self.place, "run": self.practice,
                "place": question["place"], "item": question["item"]["id"], "version": question["item"]["version"],
                "seed": question["seed"], "response": "7", "score": 0, "milliseconds": 900, "hints": 0, "tries": 1, "ago": 10}

    def run(self):
        while not self.over.is_set():
            entries = [self._answer(self.acknowledged + offset) for offset in range(3)]
            try:
                answer = self.person.ask("POST", "/api/v1/evidence", {"client": self.client, "entries": entries})
            except (OSError, Failed):
                time.sleep(0.2)
                continue
            self.acknowledged = answer["next"]


def set_up(port, code, tablets):
    """Founds the school and a class; answers with its tablets, ready to start."""
    head = Person(port)
    head.ask("POST", "/api/v1/setup", {"code": code, "school": "Hill School", "language": "en", **HEAD})
    group = head.ask("POST", "/api/v1/classes", {"name": "Class 4"})
    rows = [{"name": f"Student {number}"} for number in range(tablets)]
    head.ask("POST", f"/api/v1/classes/{group['id']}/students/import", {"rows": rows})
    students = head.ask("GET", f"/api/v1/classes/{group['id']}/students")["students"]
    return head, [Tablet(number, student, port) for number, student in enumerate(students, 1)]


def sign_in(head):
    """After a cut: a session of the last seconds may be lost, who the head is may not."""
    head.ask("POST", "/api/v1/sign-in/staff", HEAD)


def check_journal(path, tablets):
    """Every acknowledged answer is in the journal, once. Answers with their number."""
    journal = sqlite3.connect(path)
    healthy = journal.execute("PRAGMA integrity_check").fetchone()[0]
    if healthy != "ok":
        raise Failed(f"the journal is damaged: {healthy}")
    rows = journal.execute("SELECT lower(hex(client)), n FROM entry WHERE client IS NOT NULL").fetchall()
    if len(rows) != len(set(rows)):
        raise Failed("an answer is in the journal twice")
    found = set(rows)
    for tablet in tablets:
        for number in range(1, tablet.acknowledged):
            if (tablet.client, number) not in found:
                raise Failed(f"the acknowledged answer {number} of tablet {tablet.client} is lost")
    return sum(tablet.acknowledged - 1 for tablet in tablets)
