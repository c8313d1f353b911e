import { useEffect, useState } from 'react'
import { type OpenPdf, openPdf, type PageShown } from './pdf.ts'

/** A page that takes longer than this, in milliseconds, is not waited for: some files can be drawn for ever. */
const patienceMs = 30_000

/**
 * One page of a PDF as a picture. The file is open as long as it is asked for.
 * @param page counted from 1; one that the file does not have is its last
 */
export function usePdfPage(address: string, page: number) {
  const [pdf, setPdf] = useState<OpenPdf | null>(null)
  const [shown, setShown] = useState<(PageShown & { page: number }) | null>(null)
  /** The page that cannot be shown; 0 where no page can. */
  const [failed, setFailed] = useState<number | null>(null)
  useEffect(() => {
    let open: OpenPdf | null = null
    let gone = false
    openPdf(address).then(
      opened => {
        open = opened
        if (gone) opened.close()
        else setPdf(opened)
      },
      () => {
        if (!gone) setFailed(0)
      },
    )
    return () => {
      gone = true
      open?.close()
    }
  }, [address])
  const number = pdf ? Math.min(page, pdf.pages) : page
  useEffect(() => {
    if (!pdf) return
    let gone = false
    const fail = () => {
      if (!gone) setFailed(number)
    }
    const timer = setTimeout(fail, patienceMs)
    pdf
      .show(number)
      .then(one => {
        if (!gone) setShown({ ...one, page: number })
      }, fail)
      .finally(() => clearTimeout(timer))
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [pdf, number])
  return {
    pages: pdf?.pages ?? 0,
    page: number,
    /** Null until this page is drawn. */
    shown: shown?.page === number ? shown : null,
    failed: failed === 0 || failed === number,
  }
}
