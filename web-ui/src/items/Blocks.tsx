import { Fragment, type ComponentChildren } from "preact";
import { mediaUrl } from "../store";
import { Picture } from "./drawings/Picture";
import { Blank, Inline, MathLine } from "./Inline";
import { Sound } from "./Sound";
import type { Block } from "./types";

export interface BlocksProps {
  blocks: Block[];
  hash: string;
  /** How a cloze text is shown; as plain text unless told. */
  cloze?: ((text: string) => ComponentChildren) | undefined;
}

/** Draws the blocks of a question, an option or a solution. */
export function Blocks({ blocks, hash, cloze }: BlocksProps) {
  return (
    <>
      {blocks.map((block, place) => (
        <Fragment key={place}>{drawBlock(block, hash, cloze)}</Fragment>
      ))}
    </>
  );
}

function drawBlock(block: Block, hash: string, cloze: BlocksProps["cloze"]): ComponentChildren {
  if (typeof block === "string") return <Paragraph text={block} />;
  if ("p" in block) return <Paragraph text={block.p} />;
  if ("math" in block) return <MathLine line={block.math} />;
  if ("cloze" in block) return cloze ? cloze(block.cloze) : <Paragraph text={block.cloze} />;
  if ("image" in block) {
    return (
      <img class="item-picture" src={mediaUrl(hash, block.image)} alt={block.decorative ? "" : block.alt} />
    );
  }
  if ("audio" in block) return <Sound path={block.audio} hash={hash} transcript={block.transcript} />;
  if ("table" in block) return <Table rows={block.table} head={block.head === true} />;
  return <Picture drawing={block} />;
}

function Paragraph({ text }: { text: string }) {
  return (
    <p class="item-text">
      <Inline text={text} />
    </p>
  );
}

function Table({ rows, head }: { rows: string[][]; head: boolean }) {
  const [first, ...rest] = rows;
  const body = head ? rest : rows;
  return (
    <table class="item-table">
      {head && first && (
        <thead>
          <tr>
            {first.map((cell, place) => (
              <th key={place} scope="col">
                <Inline text={cell} />
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {body.map((row, line) => (
          <tr key={line}>
            {row.map((cell, place) => (
              <td key={place}>{/^_+$/.test(cell) ? <Blank /> : <Inline text={cell} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
