/**
 * Sends scores as they are typed. Until the box has a score, it is in this telephone's own storage; it goes out by itself
 * when the box is back, also after the page was closed or the battery was empty.
 */
import { ApiProblem } from "../../api/client";
import type { SheetScore } from "../../api/types";
import { Store } from "../../store";
import { keyOf, type Cell, type Sheet } from "./rules";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 15_000;

export type TypingState =
  | "saved"
  | "saving"
  /** The box is away; it goes on by itself. */
  | "held"
  /** The box does not take it. */
  | "refused";

export interface Typing {
  sheet: Sheet;
  /** By `keyOf`. */
  values: Record<string, number>;
  /** So many scores are not on the box yet. */
  waiting: number;
  state: TypingState;
  problem: unknown;
}

/** What the box does not have yet. */
export interface Unsent {
  sheet: Sheet;
  scores: SheetScore[];
}

export interface Ways {
  /** Sends scores with the sheet that they belong to; throws what `call` throws. */
  save: (unsent: Unsent) => Promise<void>;
  /** Keeps what the box does not have; null forgets it. */
  remember: (unsent: Unsent | null) => void;
}

export class OpenCheck {
  readonly typing: Store<Typing>;
  private unsent = new Map<string, SheetScore>();
  private isSheetNew = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait = FIRST_WAIT;
  private isSending = false;

  /** `values` are those of the box, `unsent` what this telephone still has to send. */
  constructor(
    sheet: Sheet,
    values: Record<string, number>,
    unsent: Unsent | null,
    private ways: Ways,
  ) {
    this.typing = new Store<Typing>({ sheet, values, waiting: 0, state: "saved", problem: null });
    if (!unsent) return;
    this.isSheetNew = true;
    this.typing.set({ ...this.typing.get(), sheet: unsent.sheet });
    for (const score of unsent.scores) this.put(score);
    void this.send();
  }

  /** Writes a score down; null takes it back. */
  type(cell: Cell, value: number | null): void {
    this.put({ ...cell, value });
    this.remember();
    void this.send();
  }

  /** Says anew what the check is called, when it was and how long. */
  changeSheet(sheet: Sheet): void {
    this.isSheetNew = true;
    this.show({ sheet });
    this.remember();
    void this.send();
  }

  /** Tries again at once, when there is reason to hope. */
  wake(): void {
    if (this.isUnsent()) void this.send();
  }

  /** Forgets what the box does not take. */
  discard(): void {
    this.unsent.clear();
    this.isSheetNew = false;
    this.ways.remember(null);
  }

  /** Nothing more happens by itself; what is not sent stays remembered. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private put(score: SheetScore) {
    this.unsent.set(keyOf(score), score);
    const values = { ...this.typing.get().values };
    if (score.value === null) delete values[keyOf(score)];
    else values[keyOf(score)] = score.value;
    this.show({ values });
  }

  private show(change: Partial<Typing>) {
    this.typing.set({ ...this.typing.get(), ...change, waiting: this.unsent.size });
  }

  private remember() {
    const { sheet } = this.typing.get();
    this.ways.remember(this.isUnsent() ? { sheet, scores: [...this.unsent.values()] } : null);
  }

  private isUnsent() {
    return this.isSheetNew || this.unsent.size > 0;
  }

  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    this.close();
    try {
      while (this.isUnsent()) {
        const { sheet, state } = this.typing.get();
        // While the box is away a try changes nothing of what is shown.
        this.show(state === "held" ? {} : { state: "saving", problem: null });
        const scores = [...this.unsent.values()];
        await this.ways.save({ sheet, scores });
        for (const score of scores) {
          if (this.unsent.get(keyOf(score)) === score) this.unsent.delete(keyOf(score));
        }
        if (this.typing.get().sheet === sheet) this.isSheetNew = false;
        this.remember();
        this.wait = FIRST_WAIT;
        this.show({ state: this.isUnsent() ? "saving" : "saved", problem: null });
      }
    } catch (problem) {
      const isAway = problem instanceof ApiProblem && problem.unreachable;
      this.show({ state: isAway ? "held" : "refused", problem: isAway ? null : problem });
      if (isAway) {
        this.timer = setTimeout(() => void this.send(), this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      }
    } finally {
      this.isSending = false;
    }
  }
}
