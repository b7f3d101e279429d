import { t } from "../i18n";
import { Choices } from "./Choices";
import { Icon } from "../ui/Icon";
import type { ControlProps } from "./types";

/** True or false. */
export function TrueFalse({ variant: _, hash: __, value, onChange, ...rest }: ControlProps<"truefalse">) {
  return (
    <Choices
      {...rest}
      several={false}
      columns
      choices={[
        { id: "true", body: <Verdict icon="check" word={t("items.true")} /> },
        { id: "false", body: <Verdict icon="close" word={t("items.false")} /> },
      ]}
      picked={typeof value === "boolean" ? [String(value)] : []}
      onPick={(id) => onChange(id === "true")}
    />
  );
}

function Verdict({ icon, word }: { icon: "check" | "close"; word: string }) {
  return (
    <span class="item-verdict">
      <Icon name={icon} />
      {word}
    </span>
  );
}
