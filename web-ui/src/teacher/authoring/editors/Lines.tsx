import { TextArea } from "../../../ui";
import { tidyLines } from "../lines";
import { useTyped } from "../useTyped";

interface LinesProps {
  label: string;
  note?: string;
  /** What is kept, one thing a line. */
  value: string;
  onChange: (text: string) => void;
  rows?: number;
  field?: string;
}

/** A list that is typed line by line. */
export function Lines({ label, note, value, onChange, rows = 4, field }: LinesProps) {
  const [typed, setTyped] = useTyped(value, tidyLines);
  return (
    <div class="lines" data-field={field}>
      <TextArea
        label={label}
        note={note}
        rows={rows}
        dir="auto"
        value={typed}
        onInput={(text) => {
          setTyped(text);
          onChange(text);
        }}
      />
    </div>
  );
}
