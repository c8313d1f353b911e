'use client'
import { useTranslations } from '../../../i18n/client.tsx'
import { Html } from '../../../quiz/html.tsx'
import type { ItemDraft } from '../body-draft.ts'

/** An imported question: what it offers is shown as its file has it, for its rules name it. */
export function ItemEditor({ body }: { body: ItemDraft }) {
  const t = useTranslations('quizEditor')
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">{t('itemHelp')}</p>
      {body.parts.map((part, at) => (
        <section
          key={part.id ?? at}
          aria-label={t('itemPart', { mark: `[[${at + 1}]]` })}
          className="flex min-w-0 flex-col gap-2 rounded-control border border-line p-4"
        >
          <h4 className="text-sm font-semibold">
            {t('itemPart', { mark: `[[${at + 1}]]` })} · {t(`itemKind_${part.kind}`)}
          </h4>
          {part.prompt ? <Html html={part.prompt} /> : null}
          {[part.options, part.targets].map((options, side) =>
            options.length > 0 ? (
              <ul key={side === 0 ? 'options' : 'targets'} className="list-disc ps-6">
                {options.map(({ id, content }) => (
                  <li key={id}>
                    <Html html={content} />
                  </li>
                ))}
              </ul>
            ) : null,
          )}
        </section>
      ))}
      <details>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold text-accent-ink">
          {t('itemRules')}
        </summary>
        <pre className="whitespace-pre-wrap break-words rounded-control bg-sunken p-4 text-sm">
          {body.source}
        </pre>
      </details>
    </div>
  )
}
