import { Choices } from "./Choices";
import { OptionBody, OptionSounds, isSmall } from "./OptionBody";
import type { ControlProps } from "./types";

/** One option out of several. */
export function Single({ variant, hash, value, onChange, ...rest }: ControlProps<"single">) {
  return (
    <Choices
      {...rest}
      several={false}
      columns={variant.options.every(isSmall)}
      choices={variant.options.map((option) => ({
        id: option.id,
        body: <OptionBody option={option} hash={hash} />,
        aside: <OptionSounds option={option} hash={hash} />,
      }))}
      picked={typeof value === "string" ? [value] : []}
      onPick={onChange}
    />
  );
}
