import { classNames } from './class-names.ts'

/** A grey block that stands where content will come; set its size by `className`. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return (
    <span aria-hidden className={classNames('block animate-pulse rounded-control bg-sunken', className)} />
  )
}
