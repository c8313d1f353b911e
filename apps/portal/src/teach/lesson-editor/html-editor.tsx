'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'

const RichText = dynamic(() => import('./rich-text.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="h-80 w-full" />,
})

type HtmlEditorProps = {
  courseId: string
  initial: string
  /** The id of the element that names the text. */
  labelledBy: string
  onChange: (html: string) => void
}

/**
 * Formatted text, in an editor that shows it as it will look, or as HTML. A text of which the editor would lose
 * something is shown as HTML by itself, with the reason; nothing changes until the author types.
 */
export function HtmlEditor({ courseId, initial, labelledBy, onChange }: HtmlEditorProps) {
  const t = useTranslations('richText')
  const [html, setHtml] = useState(initial)
  const [mode, setMode] = useState<'rich' | 'source'>('rich')
  const [lost, setLost] = useState<string[]>([])
  const change = (next: string) => {
    setHtml(next)
    onChange(next)
  }
  if (mode === 'rich')
    return (
      <RichText
        courseId={courseId}
        html={html}
        labelledBy={labelledBy}
        onChange={change}
        onSource={() => setMode('source')}
        onLoss={elements => {
          setLost(elements)
          setMode('source')
        }}
      />
    )
  return (
    <div className="flex flex-col gap-3">
      {lost.length ? (
        <Notice
          tone="warning"
          live
          title={t('sourceWhy', {
            parts: lost.map(name => (name === '#text' ? t('text') : name)).join(', '),
          })}
        >
          <p>{t('sourceWhyText')}</p>
        </Notice>
      ) : null}
      <div className="font-mono text-sm">
        <TextArea label={t('source')} value={html} onChange={change} rows={20} spellCheck="false" />
      </div>
      <div>
        <Button
          variant="secondary"
          size="small"
          onPress={() => {
            setLost([])
            setMode('rich')
          }}
        >
          {t('toRich')}
        </Button>
      </div>
    </div>
  )
}
