import { t } from "../i18n";
import { followLink } from "../router";
import { me, partner, useStore } from "../store";
import { Avatar } from "../ui";
import { turns } from "./record";

/** Both faces at the top of every page, and whose turn it is; a touch leads to where they stop. */
export function PairBadge() {
  const person = useStore(me);
  const other = useStore(partner);
  const turn = useStore(turns);
  if (!other || person?.role !== "student") return null;
  const now = turn % 2 ? other : person;
  const words = t("student.together.two", { one: person.name, other: other.name });
  return (
    <a class="pair" href="/learn/together" onClick={followLink} aria-label={words}>
      {[person, other].map((one) => (
        <span key={one.id} class={one === now ? "pair-face pair-now" : "pair-face"}>
          <Avatar avatar={one.avatar} size={40} />
        </span>
      ))}
      <span class="pair-words">
        <bdi>
          {person.name} + {other.name}
        </bdi>
        <span class="small">{t("student.together.turn", { name: now.name })}</span>
      </span>
    </a>
  );
}
