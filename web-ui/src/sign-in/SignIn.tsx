import { t } from "../i18n";
import { Card, PageHeading } from "../ui";

export function SignIn() {
  return (
    <Card>
      <PageHeading title={t("signIn.title")} />
    </Card>
  );
}
