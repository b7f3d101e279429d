import { t } from "../i18n";
import { signOut } from "../session";
import { Button } from "../ui";

/** Everything a student sees. */
export function Student() {
  return <Button onClick={() => void signOut()}>{t("common.done")}</Button>;
}
