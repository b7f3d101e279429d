import { useEffect, useState } from "preact/hooks";

/** As in editors.css: from so many pixels on, two things stand side by side. */
const ROOM = "(min-width: 1000px)";

/** Whether there is room for the try beside the question; where there is none, the box is not asked for it. */
export function useRoom(): boolean {
  const [has, setHas] = useState(() => matchMedia(ROOM).matches);
  useEffect(() => {
    const query = matchMedia(ROOM);
    const look = () => setHas(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return has;
}
