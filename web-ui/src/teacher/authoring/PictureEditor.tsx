import type { Desk } from "./desk";
import { Photo } from "./editors/Photo";
import type { Part, PicturePart } from "./types";

/** A picture that fills the screen. */
export function PictureEditor({ desk, part, onChange }: { desk: Desk; part: PicturePart; onChange: (part: Part) => void }) {
  return <Photo desk={desk} file={part.file} alt={part.alt} onChange={(file, alt) => onChange({ ...part, file, alt })} />;
}
