'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { memo, type ReactNode, useId, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { readableHtml } from '../text/readable-html.ts'
import { AidPanel } from './aids/aid-panel.tsx'
import { Html } from './html.tsx'
import type { Passage } from './pages.ts'

type PassageGroupProps = {
  passage: Passage
  /** What the text is called: by the questions it is for. */
  name: string
  /** The questions, as entries of a list. @param readAgain opens the text again, where it does not stand beside them */
  children: (readAgain: ReactNode) => ReactNode
}

/**
 * A text with the questions about it. Where there is room it stays beside them and scrolls by itself; on a phone it stands
 * before them, and a button in each opens it again over the lower part of the screen. It floats over no question, as it
 * would cover what is pressed there.
 */
export function PassageGroup({ passage, name, children }: PassageGroupProps) {
  const t = useTranslations('quiz')
  const nameId = useId()
  const [again, setAgain] = useState(false)
  const html = readableHtml(passage.content, t('table'))
  const readAgain = (
    <Button
      variant="secondary"
      className="self-start lg:hidden"
      aria-expanded={again}
      onPress={() => setAgain(shown => !shown)}
    >
      <Icon name="book" />
      {t('readAgain')}
    </Button>
  )
  return (
    <li data-beside className="flex min-w-0 flex-col gap-5 lg:grid lg:grid-cols-2 lg:items-start">
      <section
        data-passage
        aria-labelledby={nameId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls by itself is scrolled by keyboard too.
        tabIndex={0}
        className="min-w-0 scroll-mt-40 rounded-card border border-line bg-surface p-5 shadow-card lg:sticky lg:top-[calc(8.5rem+var(--bar,0px))] lg:max-h-[calc(100dvh-9.5rem-var(--bar,0px))] lg:overflow-y-auto"
      >
        <details open>
          <summary className="min-h-11 cursor-pointer py-2 font-semibold text-accent-ink">
            <h2 id={nameId} className="inline">
              {name}
            </h2>
          </summary>
          <div className="overflow-x-auto pt-2">
            <Text html={html} />
          </div>
        </details>
      </section>
      <ol className="flex min-w-0 flex-col gap-5">{children(readAgain)}</ol>
      {again ? (
        <AidPanel title={name} closeLabel={t('closePassage')} onClose={() => setAgain(false)}>
          <div className="overflow-x-auto">
            <Text html={html} />
          </div>
        </AidPanel>
      ) : null}
    </li>
  )
}

// Written once: an answer must not lay out its pictures and formulas again.
const Text = memo(Html)
