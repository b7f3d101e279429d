import { useState } from "preact/hooks";

/**
 * What a field shows while somebody types: the letters as they were typed, as long as they mean what is kept. `shown`
 * is what is kept, `tidy` what typed letters are kept as.
 */
export function useTyped(shown: string, tidy: (typed: string) => string): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(shown);
  return [tidy(typed) === shown ? typed : shown, setTyped];
}
