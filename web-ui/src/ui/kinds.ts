import type { ActivityKind } from "../api/types";
import type { IconName } from "./Icon";

/** The drawing that stands for each kind of activity, for students and teachers alike. */
export const KIND_ICONS: Record<ActivityKind, IconName> = {
  page: "book",
  example: "eye",
  practice: "puzzle",
  check: "flag",
  video: "film",
  audio: "sound",
  document: "page",
  book: "book",
  app: "dice",
  picture: "picture",
};
