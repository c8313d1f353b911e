'use client'
import type { KeysOf, Told } from '@azora/contracts/room.ts'
import type { RoomName, Rooms } from '@azora/contracts/rooms.ts'
import { useEffect, useRef, useState } from 'react'
import { follow } from './connection.ts'

/**
 * Follow a room while the component is shown. `onNews` hears what is told, or null when something may have been
 * missed; what it gives is a reason to read the data again, not the data.
 *
 * @returns whether what happens is told at the moment. Where it is not, the page goes on as it would without.
 */
export function useRoom<N extends RoomName>(
  room: N,
  keys: KeysOf<Rooms[N]>,
  since: number | null,
  onNews: (item: Told | null) => void,
): boolean {
  const [live, setLive] = useState(false)
  const latest = useRef(onNews)
  latest.current = onNews
  // The time at which the page was read matters once, and its keys are compared by what they are.
  const first = useRef(since)
  const keyText = JSON.stringify(keys)
  useEffect(() => {
    const stop = follow(room, JSON.parse(keyText), first.current, {
      onNews: item => latest.current(item),
      onLive: setLive,
    })
    return () => {
      stop()
      setLive(false)
    }
  }, [room, keyText])
  return live
}
