import type { certificate as certificateShape } from '@azora/contracts/education/certificate.ts'
import QRCode from 'qrcode'
import type { z } from 'zod'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { dayText } from '../text/date.ts'
import './certificate-sheet.css'

type CertificateSheetProps = { certificate: z.infer<typeof certificateShape> }

/** The certificate itself: one sheet, A4 across when printed. Always light, as paper is. */
export async function CertificateSheet({ certificate }: CertificateSheetProps) {
  const [t, locale, code] = await Promise.all([
    getTranslations('certificate'),
    getLocale(),
    // Level M still reads with a seventh of the code lost to a fold or a bad printer.
    QRCode.toString(certificate.url, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }),
  ])
  const { courseTitle, recipientName, schoolName, instructorName, issuedAt, url, id, revokedAt } = certificate
  return (
    <article className="certificate" data-revoked={revokedAt ? '' : undefined}>
      <Ornament />
      <div className="certificate-text">
        <p className="certificate-school">{schoolName}</p>
        <p className="certificate-kind">{t('heading')}</p>
        {revokedAt ? (
          <p className="certificate-stamp">{t('revokedTitle', { date: dayText(locale, revokedAt) })}</p>
        ) : null}
        <p className="certificate-small">{t('certifies')}</p>
        <h1 className="certificate-name">{recipientName}</h1>
        <p className="certificate-small">{t('completed')}</p>
        <p className="certificate-course">{courseTitle}</p>
        <div className="certificate-facts">
          <div>
            <p className="certificate-fact">{dayText(locale, issuedAt)}</p>
            <p className="certificate-label">{t('issued')}</p>
          </div>
          <div className="certificate-code">
            <div
              role="img"
              aria-label={t('qr', { url })}
              className="certificate-qr"
              dangerouslySetInnerHTML={{ __html: code }}
            />
            <p>{t('scan')}</p>
          </div>
          <div>
            <p className="certificate-fact">{instructorName}</p>
            <p className="certificate-label">{t('teacher')}</p>
          </div>
        </div>
        <p className="certificate-number">
          {t('number')} {id}
          <br />
          {url}
        </p>
      </div>
    </article>
  )
}

/** Interwoven curves, as on a banknote, around the seal. Drawn, so that it prints sharply at any size. */
function Ornament() {
  const petals = Array.from({ length: 24 }, (_, index) => index * 15)
  return (
    <svg aria-hidden="true" className="certificate-ornament" viewBox="-100 -100 200 200">
      {petals.map(turn => (
        <ellipse key={turn} rx="92" ry="34" transform={`rotate(${turn / 2})`} />
      ))}
      <circle r="60" />
    </svg>
  )
}
