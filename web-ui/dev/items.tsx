import "../src/polyfill";
import { render } from "preact";
import { useState } from "preact/hooks";
import { loadLanguage } from "../src/i18n";
import { Feedback } from "../src/items/Feedback";
import { Hints } from "../src/items/Hints";
import { ItemView } from "../src/items/ItemView";
import { Solution } from "../src/items/Solution";
import { isComplete, mark } from "../src/items/marking";
import type { Mark, Response } from "../src/items/types";
import "../src/styles/tokens.css";
import "../src/styles/base.css";
import "../src/ui/ui.css";
import "../src/styles/rtl.css";
import { Button, Card } from "../src/ui";
import { type Sample, samples } from "./samples";

// /dev/items.html?language=ar&state=wrong&only=match
const asked = new URLSearchParams(location.search);
const language = asked.get("language") === "ar" ? "ar" : "en";
const state = asked.get("state") as "begun" | "wrong" | "right" | null;
const only = asked.get("only");

addEventListener("keydown", () => document.documentElement.setAttribute("data-keys", ""));
addEventListener("pointerdown", () => document.documentElement.removeAttribute("data-keys"));

function Shown({ sample }: { sample: Sample }) {
  const { variant } = sample;
  const [value, setValue] = useState<Response>(state ? sample[state] : null);
  const [result, setResult] = useState<Mark | null>(
    state === "wrong" || state === "right" ? mark(variant, value) : null,
  );
  const [hints, setHints] = useState(state ? 1 : 0);
  return (
    <Card>
      <h2>{variant.id}</h2>
      <div class="stack" data-sample={variant.id}>
        <ItemView
          variant={variant}
          hash="dev"
          value={value}
          onChange={setValue}
          disabled={result !== null}
          result={result}
        />
        {variant.hints && <Hints hints={variant.hints} shown={hints} onShow={() => setHints(hints + 1)} />}
        {result && <Feedback variant={variant} mark={result} />}
        {result && <Solution variant={variant} hash="dev" />}
        <div class="row">
          <Button
            disabled={!isComplete(variant, value)}
            onClick={() => setResult(result ? null : mark(variant, value))}
          >
            {result ? "Again" : "Check"}
          </Button>
          <code dir="ltr" style={{ wordBreak: "break-all" }}>
            {JSON.stringify(value)}
          </code>
        </div>
      </div>
    </Card>
  );
}

void loadLanguage(language).then(() =>
  render(
    <main class="stack" style={{ maxWidth: "760px", margin: "0 auto", padding: "16px" }}>
      <h1>Questions</h1>
      {samples(language)
        .filter(({ variant }) => !only || variant.id === only)
        .map((sample) => (
          <Shown key={sample.variant.id} sample={sample} />
        ))}
    </main>,
    document.getElementById("app")!,
  ),
);
