import { t } from "../i18n";
import { Choices } from "./Choices";
import { picks } from "./marking";
import { OptionBody, OptionSounds, isSmall } from "./OptionBody";
import { toggled } from "./taps";
import type { ControlProps } from "./types";

/** Every option that fits. */
export function Multiple({ variant, hash, value, onChange, ...rest }: ControlProps<"multiple">) {
  const picked = picks(value);
  return (
    <>
      <p class="item-note" dir="auto">
        {t("items.multiple.how")}
      </p>
      <Choices
        {...rest}
        several
        columns={variant.options.every(isSmall)}
        choices={variant.options.map((option) => ({
          id: option.id,
          body: <OptionBody option={option} hash={hash} />,
          aside: <OptionSounds option={option} hash={hash} />,
        }))}
        picked={picked}
        onPick={(id) => onChange(toggled(picked, id))}
      />
    </>
  );
}
