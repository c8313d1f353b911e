import { useEffect, useRef } from 'react'
import { NavLink } from 'react-router'

type PartNavProps = { label: string; parts: readonly { to: string; text: string }[] }

/** Leads to the pages of one section. */
export function PartNav({ label, parts }: PartNavProps) {
  const nav = useRef<HTMLElement>(null)
  // The strip may be longer than the screen is wide: the page that is open has to be seen in it.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  return (
    <nav ref={nav} aria-label={label} className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
      {parts.map(({ to, text }) => (
        <NavLink
          key={to}
          to={to}
          end
          className={({ isActive }) =>
            `-mb-px whitespace-nowrap border-b-3 px-3 py-3 font-semibold hover:text-ink ${isActive ? 'border-accent text-accent-ink' : 'border-transparent text-muted'}`
          }
        >
          {text}
        </NavLink>
      ))}
    </nav>
  )
}
