interface ProgressProps {
  done: number;
  of: number;
  /** What is being counted, for those who hear the page. */
  label: string;
}

export function ProgressBar({ done, of, label }: ProgressProps) {
  const share = of > 0 ? Math.min(1, done / of) : 0;
  return (
    <div class="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
      <div class="progress-bar" style={{ width: `${share * 100}%` }} />
    </div>
  );
}
