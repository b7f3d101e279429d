import { SearchPanel } from "../search";
import { Shell } from "./Shell";

/** What a student looks for, in all courses. */
export function SearchPage() {
  return (
    <Shell back="/learn">
      <SearchPanel reader="student" />
    </Shell>
  );
}
