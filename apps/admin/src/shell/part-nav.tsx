import { NavLink } from 'react-router'

type PartNavProps = { label: string; parts: readonly { to: string; text: string }[] }

/** Leads to the pages of one section. */
export const PartNav = ({ label, parts }: PartNavProps) => (
  <nav aria-label={label} className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
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
