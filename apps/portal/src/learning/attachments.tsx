import type { file } from '@azora/contracts/education/shapes.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { sizeText } from '@azora/web/size.ts'
import type { z } from 'zod'
import { getLocale, getTranslations } from '../i18n/server.ts'

/** The files that belong to a lesson; captions belong to the video and are left out. */
export async function Attachments({ files }: { files: z.infer<typeof file>[] }) {
  const [t, locale] = await Promise.all([getTranslations('lesson'), getLocale()])
  const shown = files.filter(file => file.mediaType !== 'text/vtt')
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="attachments" className="rounded-card border border-line bg-surface p-5">
      <h2 id="attachments" className="mb-2 font-bold">
        {t('attachments')}
      </h2>
      <ul>
        {shown.map(file => (
          <li key={file.id}>
            <a
              href={file.url}
              download={file.name}
              className="flex min-h-11 items-center gap-3 underline-offset-4 hover:underline"
            >
              <Icon name="download" className="text-accent" />
              <span className="min-w-0 flex-1 break-words">{file.name}</span>
              <span className="text-sm whitespace-nowrap text-muted">{sizeText(locale, file.size)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
