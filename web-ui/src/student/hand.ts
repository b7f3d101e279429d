import { Store } from "../store";

/** A student's hand: down, up on this tablet only, or up and the teacher's page shows it. */
export type HandShown = "down" | "sending" | "up";

/** The activity on the screen. */
export interface HandPlace {
  course: string;
  lesson: string;
  activity: string;
}

/** So often the box is asked whether a teacher was there; the student looks at the screen meanwhile. */
const LOOK = 2_000;
/** So long until the box is tried again. */
const AGAIN = 3_000;

interface Around {
  /** Moves the hand on the box; answers whether it is up there. */
  move: (up: boolean, place: HandPlace | null) => Promise<boolean>;
  /** Whether it is up there. */
  ask: () => Promise<boolean>;
  /** Whether a problem says only that the box was not reached, so that trying again is worth it. */
  isAway: (problem: unknown) => boolean;
  later: (run: () => void, milliseconds: number) => number;
  cancel: (timer: number) => void;
}

/** Keeps the hand on the tablet and the hand on the box the same, also over a lost connection. */
export class Hand {
  readonly shown = new Store<HandShown>("down");
  /** Why the box refused. */
  readonly problem = new Store<unknown>(null);
  private owed: { up: boolean; place: HandPlace | null } | null = null;
  private timer = 0;
  private over = false;
  private busy = false;
  /** Counts the students: what was asked for one is not told to the next. */
  private student = 0;

  constructor(private around: Around) {}

  /** Finds out how the hand stands, as after a reload. */
  look(): void {
    this.over = false;
    void this.step();
  }

  /** The student raises the hand, or takes it down. */
  move(up: boolean, place: HandPlace | null): void {
    this.owed = { up, place };
    this.problem.set(null);
    this.shown.set(up ? "sending" : "down");
    void this.step();
  }

  /** Tries at once what waits, as when the box was reached again. */
  wake(): void {
    if (this.owed) void this.step();
  }

  /** Nobody is here any more; what was not sent goes with them. */
  stop(): void {
    this.over = true;
    this.student += 1;
    this.owed = null;
    this.around.cancel(this.timer);
    this.problem.set(null);
    this.shown.set("down");
  }

  private async step(): Promise<void> {
    this.around.cancel(this.timer);
    if (this.busy || this.over) return;
    this.busy = true;
    const { owed, student } = this;
    const isNews = () => this.student === student && this.owed === owed;
    try {
      const up = owed ? await this.around.move(owed.up, owed.place) : await this.around.ask();
      // Moved again meanwhile: the newer wish is what counts.
      if (isNews()) {
        this.owed = null;
        this.shown.set(up ? "up" : "down");
      }
    } catch (problem) {
      if (owed && isNews() && !this.around.isAway(problem)) {
        this.owed = null;
        this.problem.set(problem);
        this.shown.set("down");
      }
    }
    this.busy = false;
    if (this.over) return;
    if (this.student !== student || (this.owed && this.owed !== owed)) return this.step();
    if (this.owed) this.timer = this.around.later(() => void this.step(), AGAIN);
    else if (this.shown.get() === "up") this.timer = this.around.later(() => void this.step(), LOOK);
  }
}
