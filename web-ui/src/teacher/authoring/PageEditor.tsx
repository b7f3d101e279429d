import { useRef, useState } from "preact/hooks";
import { problemText } from "../../api/client";
import { directionOf, t } from "../../i18n";
import { mediaUrl } from "../../store";
import { Banner, Button, Dialog, Empty, Field, TextArea } from "../../ui";
import { useTask } from "../load";
import { type BlockKind, emptyBlock, kindOf, paragraphs } from "./blocks";
import { Ways } from "./OwnItem";
import type { Desk } from "./desk";
import { moved, without, withAt } from "./draft";
import { Lines } from "./editors/Lines";
import { Photo, PhotoInput } from "./editors/Photo";
import { readLines } from "./lines";
import { sendPhoto } from "./media";
import type { PageBlock, PagePart, Part } from "./types";

interface PageProps {
  desk: Desk;
  part: PagePart;
  onChange: (part: Part, deletes?: boolean) => void;
}

/** A page to read, piece by piece, with a look at it as students see it. */
export function PageEditor({ desk, part, onChange }: PageProps) {
  const [looks, setLooks] = useState(false);
  const end = useRef<HTMLDivElement>(null);
  const { blocks } = part;
  const set = (next: PageBlock[], deletes = false) => onChange({ ...part, blocks: next }, deletes);
  function add(block: PageBlock) {
    set([...blocks, block]);
    requestAnimationFrame(() => {
      const fields = end.current!.querySelectorAll<HTMLElement>(".own-block:last-child .input");
      fields[0]?.focus();
    });
  }
  return (
    <div class="stack" ref={end} data-field="blocks">
      <ol class="stack own-blocks">
        {blocks.map((block, at) => (
          <li key={at} class="card own-block">
            <BlockEditor desk={desk} block={block} onChange={(next) => set(withAt(blocks, at, next))} />
            <Ways
              title={t(`authoring.block.${kindOf(block)}`)}
              at={at}
              of={blocks.length}
              onMove={(by) => set(moved(blocks, at, by))}
              onRemove={() => set(without(blocks, at), true)}
            />
          </li>
        ))}
      </ol>
      <AddBlock desk={desk} onAdd={add} />
      <div class="row row-end">
        <Button icon="eye" onClick={() => setLooks(true)}>
          {t("authoring.look")}
        </Button>
      </div>
      {looks && (
        <Dialog wide title={t("authoring.lookTitle")} onClose={() => setLooks(false)}>
          <div class="stack">
            <Look desk={desk} part={part} />
            <Button wide onClick={() => setLooks(false)} data-first>
              {t("authoring.lookClose")}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function BlockEditor({ desk, block, onChange }: { desk: Desk; block: PageBlock; onChange: (block: PageBlock) => void }) {
  if ("heading" in block) {
    return (
      <Field label={t("authoring.block.heading")} dir="auto" value={block.heading} onInput={(heading) => onChange({ heading })} />
    );
  }
  if ("text" in block) {
    return (
      <TextArea label={t("authoring.block.text")} rows={5} dir="auto" value={block.text} onInput={(text) => onChange({ text })} />
    );
  }
  if ("list" in block) {
    return (
      <Lines
        label={t("authoring.block.list")}
        note={t("authoring.lineEach")}
        value={block.list.join("\n")}
        onChange={(text) => onChange({ list: readLines(text) })}
      />
    );
  }
  return <Photo desk={desk} file={block.photo} alt={block.alt} onChange={(photo, alt) => onChange({ photo, alt })} />;
}

const WORDS: Exclude<BlockKind, "photo">[] = ["text", "heading", "list"];

/** What can come next on the page. A photo is taken at once. */
function AddBlock({ desk, onAdd }: { desk: Desk; onAdd: (block: PageBlock) => void }) {
  const camera = useRef<HTMLInputElement>(null);
  const stored = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useTask();
  const input = (which: typeof camera, capture: boolean) => (
    <PhotoInput
      of={which}
      capture={capture}
      onPhoto={(photo) => void run(async () => onAdd({ photo: await sendPhoto(desk.id, photo), alt: "" }))}
    />
  );
  return (
    <section class="stack stack-s" aria-labelledby="own-add">
      <h2 id="own-add" class="own-small-heading">
        {t("authoring.blockAdd")}
      </h2>
      {input(camera, true)}
      {input(stored, false)}
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <div class="row">
        {WORDS.map((kind) => (
          <Button
            key={kind}
            icon={kind === "list" ? "list" : kind === "heading" ? "edit" : "page"}
            onClick={() => onAdd(emptyBlock(kind))}
          >
            {t(`authoring.block.${kind}`)}
          </Button>
        ))}
        <Button icon="camera" busy={busy} onClick={() => camera.current!.click()}>
          {t("authoring.block.photo")}
        </Button>
        <Button icon="picture" disabled={busy} onClick={() => stored.current!.click()}>
          {t("authoring.block.picture")}
        </Button>
      </div>
    </section>
  );
}

/** The page as students see it. */
function Look({ desk, part }: { desk: Desk; part: PagePart }) {
  const { language } = desk.draft;
  if (part.blocks.length === 0) return <Empty icon="page" title={t("authoring.lookNothing")} />;
  return (
    <article class="own-look" lang={language} dir={directionOf(language)}>
      {part.blocks.map((block, at) => {
        if ("heading" in block) return <h3 key={at}>{block.heading}</h3>;
        if ("list" in block) {
          return (
            <ul key={at}>
              {block.list.map((one, line) => (
                <li key={line}>{one}</li>
              ))}
            </ul>
          );
        }
        if ("photo" in block) return <img key={at} src={mediaUrl(desk.media, block.photo)} alt={block.alt} />;
        return paragraphs(block.text).map((text, line) => <p key={`${at} ${line}`}>{text}</p>);
      })}
    </article>
  );
}
