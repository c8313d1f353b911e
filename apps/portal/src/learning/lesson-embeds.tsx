'use client'
import { useEffect } from 'react'

/**
 * Puts the frame of another site in the place of its poster once a learner presses it; until then nothing is fetched
 * from there. Without a script, offline, or with a key held down, the poster is the link that it looks like.
 */
export function LessonEmbeds({ within }: { within: string }) {
  useEffect(() => {
    const text = document.getElementById(within)
    const press = (event: MouseEvent) => {
      const poster = (event.target as Element).closest<HTMLAnchorElement>('a[data-frame]')
      if (!poster?.dataset.frame || !navigator.onLine) return
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      const frame = document.createElement('iframe')
      frame.src = poster.dataset.frame
      frame.title = poster.querySelector('.embed-title')?.textContent ?? ''
      frame.className = 'embed-frame'
      frame.allow = 'fullscreen; encrypted-media; picture-in-picture'
      // Its own origin, without which players do not run, but not our window.
      frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-presentation allow-popups')
      frame.referrerPolicy = 'strict-origin-when-cross-origin'
      poster.replaceWith(frame)
      frame.focus()
    }
    text?.addEventListener('click', press)
    return () => text?.removeEventListener('click', press)
  }, [within])
  return null
}
