import type { Choices as ThreeChoices } from "../../api/types";
import { plural, t, type Key } from "../../i18n";
import { followLink, path } from "../../router";
import { Icon, type IconName } from "../../ui";
import { useRemote } from "../remote";
import { ALL, practicePath } from "./rules";

/** Three ways to go on: what suits best, what wants to be seen again, or what the student likes. */
export function Choices() {
  const { value } = useRemote<ThreeChoices>("/api/v1/choices", true);
  if (!value || !value.recommended) return null;
  const { recommended, review, placement } = value;
  return (
    <section aria-label={t("student.choices")}>
      {placement && (
        <ul class="offer">
          <Tile
            colour="review"
            icon="search"
            href={path("/learn/placement", placement.course, placement.strand)}
            title={t("student.place.title")}
            about={placement.title}
            small={t(placement.asked ? "student.place.asked" : "student.place.calm")}
          />
        </ul>
      )}
      <ul class="choices">
        <Tile
          colour="next"
          icon="flag"
          href={practicePath(recommended.course, recommended.skill.id)}
          title={t("student.choice.next")}
          about={recommended.skill.name}
          small={t(`student.why.${recommended.why}` as Key)}
        />
        <Tile
          colour="review"
          icon="refresh"
          href={practicePath(review?.course ?? recommended.course, review?.skill.id ?? ALL)}
          title={t("student.choice.review")}
          about={review ? review.skill.name : t("student.choice.mix")}
          small={value.due > 0 ? plural("student.choice.due", value.due) : t("student.choice.mixAbout")}
        />
        <Tile
          colour="choose"
          icon="star"
          href="/learn/skills"
          title={t("student.choice.choose")}
          about={t("student.skills.title")}
          small={t("student.choice.chooseAbout")}
        />
      </ul>
    </section>
  );
}

interface TileProps {
  colour: string;
  icon: IconName;
  href: string;
  title: string;
  about: string;
  small: string;
}

function Tile({ colour, icon, href, title, about, small }: TileProps) {
  return (
    <li>
      <a class={`choice choice-${colour}`} href={href} onClick={followLink}>
        <span class="choice-icon">
          <Icon name={icon} big />
        </span>
        <span class="choice-words">
          <strong>{title}</strong>
          <bdi>{about}</bdi>
          <span class="small soft">{small}</span>
        </span>
      </a>
    </li>
  );
}
