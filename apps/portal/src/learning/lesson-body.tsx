import type { lesson } from '@azora/contracts/education/lesson.ts'
import type { file } from '@azora/contracts/education/shapes.ts'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { sizeText } from '@azora/web/size.ts'
import type { z } from 'zod'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { usesLessData } from '../less-data/less-data.server.ts'
import { LightPicture } from '../less-data/light-picture.tsx'
import { lessonTextId, lessonVideoId } from './lesson-anchors.ts'
import { LessonEmbeds } from './lesson-embeds.tsx'
import { lessonHtml } from './lesson-html.server.ts'
import { showsVideo } from './shows-video.ts'

type Lesson = z.infer<typeof lesson>
type StoredFile = z.infer<typeof file>

/** What a lesson holds: its text, and its video, file or link. */
export async function LessonBody({ lesson }: { lesson: Lesson }) {
  const [t, shell, less] = await Promise.all([
    getTranslations('lesson'),
    getTranslations('shell'),
    usesLessData(),
  ])
  const { kind, file, linkUrl, content } = lesson
  return (
    <>
      {kind === 'video' && file ? <Video lesson={lesson} file={file} /> : null}
      {/* None is published any more, but some were before. */}
      {kind === 'video' && !file && !showsVideo(content) ? <Notice>{t('noVideo')}</Notice> : null}
      {kind === 'file' && file ? <FileView file={file} /> : null}
      {kind === 'link' && linkUrl ? (
        <Card className="flex flex-col items-start gap-4">
          <p className="text-muted">{t('linkLeaves', { host: new URL(linkUrl).host })}</p>
          <LinkButton href={linkUrl} target="_blank" rel="noopener noreferrer">
            <Icon name="link" />
            {t('openLink')}
          </LinkButton>
        </Card>
      ) : null}
      {content ? (
        <>
          <article
            id={lessonTextId}
            className="prose"
            dangerouslySetInnerHTML={{
              __html: lessonHtml(content, {
                table: t('table'),
                embed: provider => t('embed', { provider }),
                lightPicture: less ? shell('picture') : undefined,
              }),
            }}
          />
          {content.includes('class="embed"') ? <LessonEmbeds within={lessonTextId} /> : null}
        </>
      ) : kind === 'page' ? (
        <p className="text-muted">{t('empty')}</p>
      ) : null}
    </>
  )
}

async function Video({ lesson, file }: { lesson: Lesson; file: StoredFile }) {
  const [t, shell, less, locale] = await Promise.all([
    getTranslations('lesson'),
    getTranslations('shell'),
    usesLessData(),
    getLocale(),
  ])
  // Captions travel as WebVTT files beside the video, such as `intro.en.vtt`.
  const captions = lesson.attachments.filter(attachment => attachment.mediaType === 'text/vtt')
  return (
    <div className="flex flex-col gap-2">
      {/* biome-ignore lint/a11y/useMediaCaption: the captions are the tracks below, where the author gave any. */}
      <video
        id={lessonVideoId}
        controls
        playsInline
        preload={less ? 'none' : 'metadata'}
        aria-label={t('video', { title: lesson.title })}
        data-size={file.size}
        className="aspect-video w-full rounded-card bg-black"
      >
        <source src={file.url} type={file.mediaType} />
        {captions.map((caption, index) => {
          const language = caption.name.match(/\.([a-z]{2,3})\.vtt$/i)?.[1]
          return (
            <track
              key={caption.id}
              kind="captions"
              src={caption.url}
              srcLang={language}
              label={language ?? caption.name}
              default={index === 0}
            />
          )
        })}
        <a href={file.url}>{t('videoMissing')}</a>
      </video>
      {less ? (
        <p className="text-sm text-muted">{shell('videoSize', { size: sizeText(locale, file.size) })}</p>
      ) : null}
    </div>
  )
}

async function FileView({ file }: { file: StoredFile }) {
  const [t, locale, shell, less] = await Promise.all([
    getTranslations('lesson'),
    getLocale(),
    getTranslations('shell'),
    usesLessData(),
  ])
  const shown = t('fileSize', { name: file.name, size: sizeText(locale, file.size) })
  const opens = file.mediaType === 'application/pdf' || file.mediaType.startsWith('text/')
  return (
    <div className="flex flex-col gap-4">
      {file.mediaType.startsWith('image/') ? (
        less ? (
          <LightPicture address={file.url} alt={file.name} label={shell('picture')}>
            <img src={file.url} alt={file.name} className="max-w-full rounded-card" />
          </LightPicture>
        ) : (
          <img src={file.url} alt={file.name} className="max-w-full rounded-card" />
        )
      ) : null}
      {file.mediaType.startsWith('audio/') ? (
        // biome-ignore lint/a11y/useMediaCaption: the file is all there is; a transcript stands in the lesson's text.
        <audio
          controls
          preload={less ? 'none' : 'metadata'}
          src={file.url}
          aria-label={file.name}
          className="w-full"
        />
      ) : null}
      <Card className="flex flex-col gap-4 sm:flex-row sm:items-center sm:justify-between">
        <p className="flex min-w-0 items-center gap-3">
          <Icon name="file" className="text-accent" />
          <span className="min-w-0 break-words">{shown}</span>
        </p>
        <div className="flex shrink-0 flex-wrap gap-3">
          {opens ? (
            <LinkButton href={file.url} target="_blank">
              {t('openFile')}
            </LinkButton>
          ) : null}
          <LinkButton href={file.url} download={file.name} variant={opens ? 'secondary' : 'primary'}>
            <Icon name="download" />
            {t('download')}
          </LinkButton>
        </div>
      </Card>
      {opens || /^(image|audio)\//.test(file.mediaType) ? null : (
        <p className="text-muted">{t('noPreview')}</p>
      )}
    </div>
  )
}
