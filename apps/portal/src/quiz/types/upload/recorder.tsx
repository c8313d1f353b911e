'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { longestRecording } from './taken.ts'

/** Speech is clear at this, and a minute of it takes a third of a megabyte. */
const bitsPerSecond = 48_000

const types = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus', 'audio/webm']
const endingOf = (type: string) => (type.includes('mp4') ? 'm4a' : type.includes('ogg') ? 'ogg' : 'webm')

type Running = { recorder: MediaRecorder; stream: MediaStream; sound: AudioContext; analyser: AnalyserNode }

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** How loud it is now, from 0 to 1. */
function levelOf(analyser: AnalyserNode): number {
  const samples = new Uint8Array(analyser.fftSize)
  analyser.getByteTimeDomainData(samples)
  return Math.max(...samples.map(value => Math.abs(value - 128))) / 128
}

/** Records speech: with a pause, a level, and a length that ends it; then to be heard, and kept or thrown away. */
export function Recorder({
  mostBytes,
  isDisabled,
  onRecorded,
}: {
  mostBytes: number
  isDisabled: boolean
  /** @returns whether it was taken; otherwise it stays to be listened to and tried again. */
  onRecorded: (file: File) => Promise<boolean>
}) {
  const t = useTranslations('upload')
  const [state, setState] = useState<'idle' | 'asking' | 'recording' | 'paused' | 'recorded'>('idle')
  const [fault, setFault] = useState<'denied' | 'noMicrophone' | null>(null)
  const [seconds, setSeconds] = useState(0)
  const [level, setLevel] = useState(0)
  const [recorded, setRecorded] = useState<{ file: File; url: string } | null>(null)
  const running = useRef<Running | null>(null)
  /** The question was left, maybe while the browser still asked for the microphone. */
  const gone = useRef(false)
  const most = longestRecording(mostBytes)

  const release = () => {
    for (const track of running.current?.stream.getTracks() ?? []) track.stop()
    void running.current?.sound.close()
    running.current = null
  }
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
      if (running.current?.recorder.state !== 'inactive') running.current?.recorder.stop()
      release()
    }
  }, [])
  useEffect(() => {
    if (state !== 'recording') return
    // By the clock: a hidden page ticks late.
    let last = performance.now()
    const timer = setInterval(() => {
      if (running.current) setLevel(levelOf(running.current.analyser))
      const now = performance.now()
      const passed = (now - last) / 1000
      last = now
      setSeconds(before => before + passed)
    }, 200)
    return () => clearInterval(timer)
  }, [state])
  useEffect(() => {
    if (seconds >= most && running.current?.recorder.state === 'recording') running.current.recorder.stop()
  }, [seconds, most])

  const start = async () => {
    setFault(null)
    setState('asking')
    let stream: MediaStream | null = null
    const letGo = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      if (gone.current) return letGo()
      const mimeType = types.find(type => MediaRecorder.isTypeSupported(type))
      const recorder = new MediaRecorder(stream, {
        audioBitsPerSecond: bitsPerSecond,
        ...(mimeType ? { mimeType } : {}),
      })
      const sound = new AudioContext()
      const analyser = sound.createAnalyser()
      sound.createMediaStreamSource(stream).connect(analyser)
      const parts: Blob[] = []
      let bytes = 0
      recorder.ondataavailable = ({ data }) => {
        parts.push(data)
        bytes += data.size
        // A browser may take more than it was asked to: what has come by now still fits.
        if (bytes > mostBytes * 0.95 && recorder.state !== 'inactive') recorder.stop()
      }
      recorder.onstop = () => {
        const type = recorder.mimeType.split(';')[0] ?? 'audio/webm'
        const file = new File(parts, `${t('recordingName')}.${endingOf(type)}`, { type })
        release()
        setRecorded({ file, url: URL.createObjectURL(file) })
        setState('recorded')
      }
      running.current = { recorder, stream, sound, analyser }
      setSeconds(0)
      recorder.start(1000)
      setState('recording')
    } catch (failure) {
      letGo()
      release()
      setState('idle')
      setFault((failure as Error).name === 'NotAllowedError' ? 'denied' : 'noMicrophone')
    }
  }
  const pause = () => {
    running.current?.recorder.pause()
    setState('paused')
  }
  const resume = () => {
    running.current?.recorder.resume()
    setState('recording')
  }
  const forget = () => {
    if (recorded) URL.revokeObjectURL(recorded.url)
    setRecorded(null)
    setState('idle')
  }
  if (state === 'idle' || state === 'asking')
    return (
      <div className="flex flex-col gap-3">
        <div>
          <Button
            variant="secondary"
            isDisabled={isDisabled}
            isPending={state === 'asking'}
            onPress={() => void start()}
          >
            <Icon name="pulse" />
            {t('record')}
          </Button>
        </div>
        {fault ? (
          <Notice tone="warning" live>
            {t(fault)}
          </Notice>
        ) : null}
      </div>
    )
  if (recorded)
    return (
      <div className="flex flex-col gap-3 rounded-control border border-line px-4 py-3">
        {/* biome-ignore lint/a11y/useMediaCaption: nobody wrote down what a learner said */}
        <audio controls src={recorded.url} aria-label={t('listen')} className="w-full" />
        <div className="flex flex-wrap gap-3">
          <Button
            isDisabled={isDisabled}
            onPress={() => void onRecorded(recorded.file).then(taken => taken && forget())}
          >
            <Icon name="upload" />
            {t('useRecording')}
          </Button>
          <Button variant="quiet" onPress={forget}>
            {t('discard')}
          </Button>
        </div>
      </div>
    )
  return (
    <div className="flex flex-col gap-3 rounded-control border border-line px-4 py-3">
      <p className="font-semibold tabular-nums">
        {t(state === 'paused' ? 'paused' : 'recording', { time: clock(seconds), most: clock(most) })}
      </p>
      <meter min={0} max={1} value={level} aria-label={t('level')} className="h-3 w-full" />
      <div className="flex flex-wrap gap-3">
        <Button variant="secondary" autoFocus onPress={state === 'paused' ? resume : pause}>
          {t(state === 'paused' ? 'resume' : 'pause')}
        </Button>
        <Button variant="danger" onPress={() => running.current?.recorder.stop()}>
          {t('stop')}
        </Button>
      </div>
    </div>
  )
}
