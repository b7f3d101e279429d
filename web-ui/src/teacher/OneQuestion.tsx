import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Feedback } from "../items/Feedback";
import { Hints } from "../items/Hints";
import { ItemView } from "../items/ItemView";
import { isComplete, mark } from "../items/marking";
import { Solution } from "../items/Solution";
import type { Mark, Response, Variant } from "../items/types";
import { Button } from "../ui";

interface OneQuestionProps {
  variant: Variant;
  /** Where its pictures are, for `mediaUrl`. */
  hash: string;
  direction: "ltr" | "rtl";
  /** Asked again; without it the answer is only taken away. */
  onAgain?: () => void;
  /** What stands above it. */
  children?: ComponentChildren;
}

/** A question that a teacher answers herself. It is marked here; nothing is sent and nothing is kept. */
export function OneQuestion({ variant, hash, direction, onAgain, children }: OneQuestionProps) {
  const [value, setValue] = useState<Response>(null);
  const [result, setResult] = useState<Mark | null>(null);
  const [hints, setHints] = useState(0);

  function check(event: Event) {
    event.preventDefault();
    if (!result && isComplete(variant, value)) setResult(mark(variant, value));
  }

  return (
    <form onSubmit={check} noValidate>
      {children}
      <div dir={direction}>
        <ItemView variant={variant} hash={hash} value={value} onChange={setValue} disabled={result !== null} result={result} />
      </div>
      {variant.hints && (hints > 0 || !result) && (
        <Hints hints={variant.hints} shown={hints} onShow={result ? undefined : () => setHints(hints + 1)} />
      )}
      {result && (
        <div class="self-check-after">
          <Feedback variant={variant} mark={result} />
          <div dir={direction}>
            <Solution variant={variant} hash={hash} />
          </div>
        </div>
      )}
      {/* The keys keep the two buttons apart: one that turned into the other under the finger would send the form at once. */}
      <div class="row row-end">
        {result ? (
          <Button
            key="again"
            icon="refresh"
            onClick={() => {
              setResult(null);
              onAgain?.();
            }}
          >
            {t("common.tryAgain")}
          </Button>
        ) : (
          <Button key="check" kind="primary" icon="check" type="submit" disabled={!isComplete(variant, value)}>
            {t("student.check")}
          </Button>
        )}
      </div>
    </form>
  );
}
