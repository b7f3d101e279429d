import { useRef } from "preact/hooks";

interface TabsProps<T extends string> {
  /** Names the group for those who hear the page. */
  label: string;
  tabs: { id: T; label: string }[];
  chosen: T;
  onChoose: (id: T) => void;
}

/** A row of tabs; the arrow keys move along it, the way the text runs. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose }: TabsProps<T>) {
  const row = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const along = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const against = along === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const to =
      event.key === along ? at + 1 : event.key === against ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? -1 : null;
    if (to === null) return;
    event.preventDefault();
    const index = (to + tabs.length) % tabs.length;
    onChoose(tabs[index]!.id);
    (row.current!.children[index] as HTMLElement).focus();
  }

  return (
    <div class="tabs" role="tablist" aria-label={label} ref={row} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          class="tab"
          aria-selected={tab.id === chosen}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
