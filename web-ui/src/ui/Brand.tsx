/** The house and the name. */
export function Brand({ name, size = 32 }: { name?: string; size?: number }) {
  return (
    <span class="brand">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="#1f6f78" />
        <path d="M6 16 16 7l10 9v9H6z" fill="#f7f3e9" />
        <path d="M13 25v-7h6v7z" fill="#f2a541" />
      </svg>
      {name && <bdi>{name}</bdi>}
    </span>
  );
}
