import { Blocks } from "./Blocks";
import type { ItemViewProps } from "./types";

/** The question and the place to answer it. */
export function ItemView({ variant, hash, value, onChange, disabled }: ItemViewProps) {
  return (
    <div class="item">
      <Blocks blocks={variant.stem} hash={hash} />
      {variant.type === "single" && (
        <div role="radiogroup" class="stack">
          {variant.options.map((option) => (
            <button
              key={option.id}
              type="button"
              role="radio"
              class="button"
              aria-checked={value === option.id}
              disabled={disabled}
              onClick={() => onChange(option.id)}
            >
              <Blocks blocks={option.blocks} hash={hash} />
            </button>
          ))}
        </div>
      )}
      {variant.type === "number" && (
        <input
          class="input"
          inputMode="decimal"
          dir="ltr"
          value={typeof value === "string" ? value : ""}
          disabled={disabled}
          onInput={(event) => onChange(event.currentTarget.value || null)}
        />
      )}
    </div>
  );
}
