import { classNames } from './class-names.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-strong data-pressed:bg-accent-strong',
  secondary: 'bg-surface text-ink border-edge/60 hover:bg-sunken hover:border-edge data-pressed:bg-sunken',
  quiet: 'bg-transparent text-accent-ink border-transparent hover:bg-accent-soft data-pressed:bg-accent-soft',
  danger: 'bg-bad-soft text-bad-ink border-bad/40 hover:border-bad data-pressed:border-bad',
}

// At least 44 px high from `medium` on (WCAG 2.5.5 asks 44, 2.5.8 asks 24).
const sizes: Record<ButtonSize, string> = {
  small: 'min-h-9 px-3 text-sm gap-1.5',
  medium: 'min-h-11 px-4.5 text-base gap-2',
  large: 'min-h-13 px-6 text-lg gap-2.5',
}

/** The classes of a button, for a link or a summary that must look like one. */
export function buttonStyle(
  look: { variant?: ButtonVariant; size?: ButtonSize; className?: string } = {},
): string {
  return classNames(
    'inline-flex items-center justify-center rounded-control border font-semibold text-center no-underline',
    'transition-colors duration-150 select-none disabled:opacity-55 data-disabled:opacity-55',
    variants[look.variant ?? 'primary'],
    sizes[look.size ?? 'medium'],
    look.className,
  )
}
