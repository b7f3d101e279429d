import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

interface FieldLooks {
  label: string;
  /** A short help under the field. */
  note?: string;
  /** What is wrong with what was typed, and what to do. */
  problem?: string | null;
}

function Around({
  id,
  label,
  note,
  problem,
  children,
}: FieldLooks & { id: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {children}
      {problem && (
        <p class="field-problem" id={`${id}-problem`}>
          <Icon name="alert" />
          <span>{problem}</span>
        </p>
      )}
      {note && (
        <p class="field-note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, { note, problem }: FieldLooks): string | undefined {
  const ids = [problem && `${id}-problem`, note && `${id}-note`].filter(Boolean);
  return ids.length ? ids.join(" ") : undefined;
}

type InputProps = FieldLooks &
  Omit<JSX.IntrinsicElements["input"], "label" | "onInput"> & {
    value: string;
    onInput: (value: string) => void;
  };

/** A line to type in, with its label, its help and its problem. */
export function Field({ label, note, problem, onInput, ...rest }: InputProps) {
  const id = useId();
  return (
    <Around id={id} label={label} note={note} problem={problem}>
      <input
        autoComplete="off"
        {...rest}
        id={id}
        class="input"
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { label, note, problem })}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Around>
  );
}

type TextAreaProps = FieldLooks &
  Omit<JSX.IntrinsicElements["textarea"], "label" | "onInput"> & {
    value: string;
    onInput: (value: string) => void;
  };

export function TextArea({ label, note, problem, onInput, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <Around id={id} label={label} note={note} problem={problem}>
      <textarea
        {...rest}
        id={id}
        class="input"
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { label, note, problem })}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Around>
  );
}

interface SelectProps<T extends string> extends FieldLooks {
  value: T;
  choices: { value: T; label: string }[];
  onChange: (value: T) => void;
  disabled?: boolean;
}

/** One of a few choices, by the tablet's own list. */
export function Select<T extends string>({ label, note, problem, value, choices, onChange, disabled }: SelectProps<T>) {
  const id = useId();
  return (
    <Around id={id} label={label} note={note} problem={problem}>
      <select
        id={id}
        class="input"
        value={value}
        disabled={disabled}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { label, note, problem })}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Around>
  );
}
