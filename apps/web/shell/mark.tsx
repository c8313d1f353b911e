/** The sign of Azora: a sun over an opened book. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" className="shrink-0">
      <rect width="48" height="48" rx="12" className="fill-accent" />
      <circle cx="24" cy="18" r="7" className="fill-amber" />
      <path
        d="M24 27c-4-3-8.5-4-14-4v12.5c5.5 0 10 1 14 4 4-3 8.5-4 14-4V23c-5.5 0-10 1-14 4z"
        className="fill-on-accent"
      />
      <path d="M24 27v12.5" strokeWidth="2" className="stroke-accent" />
    </svg>
  )
}
