import { Link } from 'react-router'

/** The name of a member, which leads to their page. */
export function PersonLink({ id, name }: { id: string; name: string }) {
  return (
    <Link
      to={`/people/${id}`}
      className="underline decoration-line underline-offset-4 hover:decoration-current"
    >
      {name}
    </Link>
  )
}
