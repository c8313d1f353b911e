import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { type ReactNode, useId } from 'react'

/** What a set-up that is saved as a whole consists of. */

export function SetupPart({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-xl font-bold">
        {title}
      </h2>
      {children}
    </section>
  )
}

type SaveBarProps = {
  status: string | null
  fault: string | null
  pending: boolean
  /** `conflict` is that someone else saved meanwhile. */
  t: (key: 'save' | 'saved' | 'conflict') => string
}

/** Saves the form that it is in, and says what came of it. It stays in view. */
export function SaveBar({ status, fault, pending, t }: SaveBarProps) {
  return (
    <div className="sticky bottom-0 flex flex-wrap items-center gap-4 border-t border-line bg-ground py-4">
      <Button type="submit" isPending={pending}>
        {t('save')}
      </Button>
      {status === 'saved' ? (
        <p role="status" className="text-good">
          {t('saved')}
        </p>
      ) : null}
      {status === 'conflict' ? (
        <Notice tone="warning" live>
          {t('conflict')}
        </Notice>
      ) : null}
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
    </div>
  )
}
