/** Scopes as they are written. */
export const ScopeList = ({ scopes }: { scopes: readonly string[] }) => (
  <span className="flex flex-wrap gap-1.5">
    {scopes.map(scope => (
      <code
        key={scope}
        className="rounded-md bg-sunken px-2 py-0.5 font-mono text-[0.8rem] whitespace-nowrap"
      >
        {scope}
      </code>
    ))}
  </span>
)
