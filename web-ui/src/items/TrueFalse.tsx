import { t } from "../i18n";
import { Choices } from "./Choices";
import type { ControlProps } from "./types";

/** True or false. */
export function TrueFalse({ variant: _, hash: __, value, onChange, ...rest }: ControlProps<"truefalse">) {
  return (
    <Choices
      {...rest}
      several={false}
      columns
      choices={[
        { id: "true", icon: "check", body: <strong>{t("items.true")}</strong> },
        { id: "false", icon: "close", body: <strong>{t("items.false")}</strong> },
      ]}
      picked={typeof value === "boolean" ? [String(value)] : []}
      onPick={(id) => onChange(id === "true")}
    />
  );
}
