import { packUrl } from "../store";
import type { Block } from "./types";

/** Draws the blocks of a question, a hint or a solution. */
export function Blocks({ blocks, hash }: { blocks: Block[]; hash: string }) {
  return (
    <>
      {blocks.map((block, index) => {
        if ("p" in block) return <p key={index}>{block.p}</p>;
        if ("math" in block) return <p key={index} dir="ltr" class="math">{block.math}</p>;
        if ("image" in block) return <img key={index} src={packUrl(`/${hash}/${block.image}`)} alt={block.alt} />;
        return null;
      })}
    </>
  );
}
