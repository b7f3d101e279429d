import { t } from "../i18n";
import { signOut } from "../session";
import { Button } from "../ui";

/** Everything the staff see. */
export function Teacher() {
  return <Button onClick={() => void signOut()}>{t("common.signOut")}</Button>;
}
