import { t } from "../i18n";
import { Card, PageHeading } from "../ui";

/** What a box shows that does not belong to a school yet. */
export function FirstPage() {
  return (
    <Card>
      <PageHeading title={t("setUp.title")} />
    </Card>
  );
}
