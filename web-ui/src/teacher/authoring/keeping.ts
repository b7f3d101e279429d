/**
 * Keeps a draft while somebody writes: a second after the last change it goes to the box. Until the box has it, it is in
 * this tablet's own storage, and it goes out by itself when the box is back. When somebody else saved meanwhile, the
 * teacher chooses.
 */

import { ApiProblem } from "../../api/client";
import { Store } from "../../store";
import { isSame } from "./draft";
import type { Draft, OwnCourse } from "./types";

/** Long enough that a word is not sent letter by letter, short enough that nobody looks whether it was saved. */
const QUIET = 1_000;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 20_000;
const MOST_UNANSWERED = 8;

export type SaveState =
  | "saved"
  | "saving"
  /** The box is away; it goes on by itself. */
  | "held"
  /** Somebody else saved meanwhile. */
  | "conflict"
  /** The box does not take it. */
  | "refused";

export interface Kept {
  /** What the box said last. */
  own: OwnCourse;
  /** What is written now. */
  draft: Draft;
  state: SaveState;
  problem: unknown;
  /** What somebody else saved. */
  theirs: OwnCourse | null;
  /** The draft before something was deleted; gone with the next change. */
  undo: Draft | null;
}

/** What is kept on the tablet of a draft that the box does not have. */
export interface Unsaved {
  revision: number;
  draft: Draft;
}

export interface Ways {
  /** Sends a draft; throws what `call` throws. */
  save: (revision: number, draft: Draft) => Promise<OwnCourse>;
  /** Asks for what the box has. */
  load: () => Promise<OwnCourse>;
  /** Keeps on the tablet what the box does not have; null forgets it. */
  remember: (unsaved: Unsaved | null) => void;
}

export class OpenDraft {
  readonly kept: Store<Kept>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait = FIRST_WAIT;
  private round: Promise<void> | null = null;
  /** What went out and had no answer; the box may have it all the same. */
  private unanswered: Draft[] = [];

  /** `unsaved`: what the tablet still had when the course was opened. */
  constructor(
    own: OwnCourse,
    unsaved: Unsaved | null,
    private ways: Ways,
  ) {
    const start: Kept = { own, draft: own.draft, state: "saved", problem: null, theirs: null, undo: null };
    this.kept = new Store(start);
    if (!unsaved || isSame(unsaved.draft, own.draft)) return;
    const behind = unsaved.revision !== own.revision;
    this.kept.set({ ...start, draft: unsaved.draft, state: behind ? "conflict" : "saving", theirs: behind ? own : null });
    if (!behind) this.later(QUIET);
  }

  /** Changes the draft. With `deletes` the step can be taken back. */
  change(edit: (draft: Draft) => Draft, deletes = false): void {
    const now = this.kept.get();
    const draft = edit(now.draft);
    if (draft === now.draft) return;
    this.ways.remember({ revision: now.own.revision, draft });
    const waits = now.state === "conflict" || now.state === "held";
    this.kept.set({ ...now, draft, undo: deletes ? now.draft : null, state: waits ? now.state : "saving", problem: null });
    if (!waits) this.later(QUIET);
  }

  undo(): void {
    const before = this.kept.get().undo;
    if (before) this.change(() => before);
  }

  /** Saves at once; true when the box has everything. */
  async flush(): Promise<boolean> {
    if (this.isUnsaved()) await this.save();
    return this.kept.get().state === "saved";
  }

  /** Tries again at once, when there is reason to hope. */
  wake(): void {
    if (this.kept.get().state === "held") void this.save();
  }

  /** Another's draft takes the place of ours. */
  takeTheirs(): void {
    const { theirs } = this.kept.get();
    if (theirs) this.take(theirs);
  }

  /** Ours takes the place of another's. */
  keepMine(): void {
    const now = this.kept.get();
    if (!now.theirs) return;
    this.kept.set({ ...now, own: now.theirs, theirs: null, state: "saving" });
    void this.save();
  }

  /** Shows what the box has now, unless something here is newer. */
  take(own: OwnCourse): void {
    const now = this.kept.get();
    if (!now.theirs && this.isUnsaved()) return;
    this.ways.remember(null);
    this.kept.set({ own, draft: own.draft, state: "saved", problem: null, theirs: null, undo: null });
  }

  /** Whether something is only on this tablet. */
  isUnsaved(): boolean {
    const { draft, own } = this.kept.get();
    return draft !== own.draft && !isSame(draft, own.draft);
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), wait);
  }

  /** One after the other: the revision of a save is what the one before it answered. */
  private save(): Promise<void> {
    clearTimeout(this.timer);
    this.round ??= this.saveAll().finally(() => (this.round = null));
    return this.round;
  }

  private async saveAll(): Promise<void> {
    while (this.isUnsaved()) {
      const { own, draft } = this.kept.get();
      if (this.kept.get().theirs) return;
      this.kept.set({ ...this.kept.get(), state: "saving" });
      this.unanswered = [...this.unanswered.slice(-MOST_UNANSWERED), draft];
      try {
        const answer = await this.ways.save(own.revision, draft);
        this.wait = FIRST_WAIT;
        this.unanswered = [];
        this.saved({ ...answer, draft });
      } catch (error) {
        if (!(await this.mended(error))) return;
      }
    }
    const now = this.kept.get();
    if (now.state === "saving") this.kept.set({ ...now, state: "saved" });
    this.ways.remember(null);
  }

  private saved(own: OwnCourse): void {
    const now = this.kept.get();
    const isAll = now.draft === own.draft;
    if (!isAll) this.ways.remember({ revision: own.revision, draft: now.draft });
    this.kept.set({ ...now, own, state: isAll ? "saved" : "saving", problem: null });
  }

  /** What follows when a save did not go through; true when the next one may. */
  private async mended(error: unknown): Promise<boolean> {
    if (error instanceof ApiProblem && error.code === "authoring.changed") return this.meet();
    if (error instanceof ApiProblem && error.unreachable) this.hold();
    else this.kept.set({ ...this.kept.get(), state: "refused", problem: error });
    return false;
  }

  private async meet(): Promise<boolean> {
    try {
      const theirs = await this.ways.load();
      // Our save may have arrived although its answer did not.
      const arrived = this.unanswered.find((one) => isSame(theirs.draft, one));
      if (arrived) {
        this.saved({ ...theirs, draft: arrived });
        return true;
      }
      this.kept.set({ ...this.kept.get(), state: "conflict", theirs });
    } catch {
      this.hold();
    }
    return false;
  }

  private hold(): void {
    this.kept.set({ ...this.kept.get(), state: "held" });
    this.later(this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
  }
}
