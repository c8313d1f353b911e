import type { AnchorHTMLAttributes } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts'

type LinkButtonProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  href: string
  variant?: ButtonVariant
  size?: ButtonSize
}

/** A link that looks like a button. Renders on the server and needs no JavaScript. */
export function LinkButton({ variant, size, className, ...props }: LinkButtonProps) {
  return <a {...props} className={buttonStyle({ variant, size, className })} />
}
