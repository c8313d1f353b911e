'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { codeReader } from './read-code.ts'

type Fault = 'cameraDenied' | 'cameraMissing' | 'cameraBusy' | 'cameraInsecure' | 'cameraFailed'

const betweenLooksMs = 150

// By the names that the Media Capture specification gives its failures (`getUserMedia`).
const faults: Record<string, Fault> = {
  NotAllowedError: 'cameraDenied',
  SecurityError: 'cameraDenied',
  NotFoundError: 'cameraMissing',
  OverconstrainedError: 'cameraMissing',
  NotReadableError: 'cameraBusy',
  AbortError: 'cameraBusy',
}

/** Looks through the camera until it sees a code. The picture stays on the device. */
export function ScanCode({ onCode }: { onCode: (text: string) => void }) {
  const t = useTranslations('verify')
  const [on, setOn] = useState(false)
  const [seeing, setSeeing] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const video = useRef<HTMLVideoElement>(null)
  const found = useRef(onCode)
  found.current = onCode

  useEffect(() => {
    if (!on) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let stream: MediaStream | null = null
    let here = true
    const stop = () => {
      here = false
      clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    const start = async () => {
      // Browsers lend no camera to a page that came over plain HTTP.
      if (!navigator.mediaDevices) throw new DOMException('', 'InsecureContext')
      const [lent, read] = await Promise.all([
        navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
        codeReader(),
      ])
      stream = lent
      const screen = video.current
      if (!here || !screen) return stop()
      screen.srcObject = stream
      await screen.play()
      setSeeing(true)
      const look = async (): Promise<void> => {
        const code = await read(screen)
        if (!here) return
        if (code === null) {
          timer = setTimeout(() => void look(), betweenLooksMs)
          return
        }
        setOn(false)
        found.current(code)
      }
      await look()
    }
    start().catch((failure: unknown) => {
      stop()
      const name = failure instanceof DOMException ? failure.name : ''
      console.warn('The camera could not be used.', failure)
      setFault(name === 'InsecureContext' ? 'cameraInsecure' : (faults[name] ?? 'cameraFailed'))
      setOn(false)
    })
    return () => {
      stop()
      setSeeing(false)
    }
  }, [on])

  return (
    <div className="flex flex-col gap-3">
      {on ? (
        <div className="relative overflow-hidden rounded-card border border-line bg-black">
          {/* The camera's own picture: there are no words in it to write out. */}
          <video
            ref={video}
            muted
            playsInline
            aria-label={t('cameraView')}
            className="aspect-square w-full object-cover sm:aspect-video"
          />
          <p
            role="status"
            className="absolute inset-x-0 bottom-0 bg-black/65 px-4 py-3 text-center text-white"
          >
            {t(seeing ? 'cameraLooking' : 'cameraStarting')}
          </p>
        </div>
      ) : null}
      <Button
        variant="secondary"
        className="sm:self-start"
        onPress={() => {
          setFault(null)
          setOn(!on)
        }}
      >
        <Icon name={on ? 'close' : 'camera'} />
        {t(on ? 'cameraStop' : 'camera')}
      </Button>
      {fault ? (
        <Notice tone="warning" live>
          {t(fault)}
        </Notice>
      ) : null}
    </div>
  )
}
