import type { SharedDocumentRoom } from '@azora/contracts/shared-document.ts'
import type { Actor } from './identity.ts'
import { type HostedRoom, hostRoom } from './room-host.ts'
import type { SharedDocuments } from './shared-documents.ts'

/**
 * Host the room of a service's shared documents.
 *
 * @param options.enter throws for who may not read the document.
 * @param options.write throws for who may not write in it.
 */
export function hostSharedDocument(
  room: SharedDocumentRoom,
  options: {
    documents: SharedDocuments
    enter(actor: Actor, documentId: string): Promise<unknown>
    write(actor: Actor, documentId: string): Promise<unknown>
  },
): HostedRoom {
  const { documents } = options
  return hostRoom(room, {
    enter: (actor, { documentId }) => options.enter(actor, documentId),
    heard: {
      sync: ({ stateVector }, { actor: { organizationId }, keys: { documentId } }) =>
        documents.read(organizationId, documentId, stateVector),
      async update({ update }, { actor, keys: { documentId }, pass }) {
        await options.write(actor, documentId)
        await documents.append(actor.organizationId, documentId, update)
        // The others see what is kept, never what may yet be lost.
        pass('update', { update })
        return { kept: true }
      },
      async awareness({ awareness }, { pass }) {
        pass('awareness', { awareness })
        return { passed: true }
      },
    },
  })
}
