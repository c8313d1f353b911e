import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { ReactNode } from 'react'
import { CodeBlock } from '../code/code-block.tsx'
import { useTranslations } from '../messages.ts'

type SecretOnceProps = {
  /** What the secret is for. */
  title: string
  secrets: { label: string; value: string }[]
  /** What can be done with it at once. */
  children?: ReactNode
  onDone: () => void
}

/** Shows a secret the one time that it can be seen. */
export function SecretOnce({ title, secrets, children, onDone }: SecretOnceProps) {
  const t = useTranslations('secret')
  return (
    <section
      aria-label={title}
      className="mb-8 flex flex-col gap-4 rounded-card border-2 border-accent bg-surface p-5 sm:p-6"
    >
      <Notice tone="success" title={title} live>
        {t('once')}
      </Notice>
      {secrets.map(({ label, value }) => (
        <CodeBlock key={label} title={label} language="http" code={value} />
      ))}
      {children}
      <p>
        <Button onPress={onDone}>{t('kept')}</Button>
      </p>
    </section>
  )
}
