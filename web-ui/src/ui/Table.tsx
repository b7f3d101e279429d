import type { ComponentChildren } from "preact";

interface TableProps {
  /** What the table shows, for those who hear the page. */
  label: string;
  head: ComponentChildren[];
  children: ComponentChildren;
}

/** A table in a frame that scrolls by itself on a narrow screen. Rows are `<tr>` with `<td>`. */
export function Table({ label, head, children }: TableProps) {
  return (
    <div class="table-frame">
      <table class="table" aria-label={label}>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
