import { Fragment } from "preact";

/** A few facts in one line. Each keeps its own direction: a language's name must not turn the number beside it round. */
export function Facts({ of }: { of: string[] }) {
  return (
    <>
      {of.map((fact, index) => (
        <Fragment key={fact}>
          {index > 0 && " · "}
          <bdi>{fact}</bdi>
        </Fragment>
      ))}
    </>
  );
}
