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
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let open: OpenPdf | null = null
    let gone = false
    openPdf(address).then(
      opened => {
        open = opened
        if (gone) opened.close()
        else setPdf(opened)
      },
      () => setFailed(true),
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
      if (!gone) setFailed(true)
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
    failed,
  }
}
