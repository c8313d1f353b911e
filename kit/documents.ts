import type { Collection, MongoClient } from 'mongodb'
import { refuseInsideTransaction } from './context.ts'
import type { Database } from './db.ts'
import { sql } from './sql.ts'

/**
 * Documents of flexible shape, each belonging to a school. Written before the row that points to them and never
 * changed in place: a new version is a new document, so a crash between the two leaves at most an orphan.
 */
export type Documents = {
  put(organizationId: string, collection: string, id: string, body: object): Promise<void>
  putMany(organizationId: string, collection: string, items: { id: string; body: object }[]): Promise<void>
  get<T>(organizationId: string, collection: string, id: string): Promise<T | null>
  /** Those that there are, by id. */
  getMany<T>(organizationId: string, collection: string, ids: string[]): Promise<Map<string, T>>
  delete(organizationId: string, collection: string, ids: string[]): Promise<void>
}

/** In the service's own schema, as jsonb. */
export function postgresDocuments(db: Database): Documents {
  const putMany: Documents['putMany'] = async (organizationId, collection, items) => {
    if (items.length === 0) return
    await db.in(organizationId).run(sql`
      insert into documents (organization_id, collection, id, body)
      select ${organizationId}::uuid, ${collection}, item.id, item.body
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as item (id uuid, body jsonb)
      on conflict (organization_id, collection, id) do update set body = excluded.body`)
  }
  return {
    put: (organizationId, collection, id, body) => putMany(organizationId, collection, [{ id, body }]),
    putMany,
    async get<T>(organizationId: string, collection: string, id: string) {
      const found = await db.in(organizationId).optional<{ body: T }>(sql`
        select body from documents
        where organization_id = ${organizationId} and collection = ${collection} and id = ${id}`)
      return found?.body ?? null
    },
    async getMany<T>(organizationId: string, collection: string, ids: string[]) {
      const found = await db.in(organizationId).rows<{ id: string; body: T }>(sql`
        select id, body from documents
        where organization_id = ${organizationId} and collection = ${collection} and id = any(${ids}::uuid[])`)
      return new Map(found.map(({ id, body }) => [id, body]))
    },
    async delete(organizationId, collection, ids) {
      await db.in(organizationId).run(sql`delete from documents
        where organization_id = ${organizationId} and collection = ${collection} and id = any(${ids}::uuid[])`)
    },
  }
}

type Stored = { _id: string; organizationId: string; body: object }

/** In MongoDB, one database for the service. */
export function mongoDocuments(client: MongoClient, service: string): Documents {
  const open = (collection: string): Collection<Stored> => {
    refuseInsideTransaction('A call to MongoDB')
    return client.db(`azora_${service}`).collection<Stored>(collection)
  }
  const name = (organizationId: string, id: string) => `${organizationId}/${id}`
  const putMany: Documents['putMany'] = async (organizationId, collection, items) => {
    if (items.length === 0) return
    await open(collection).bulkWrite(
      items.map(item => ({
        replaceOne: {
          filter: { _id: name(organizationId, item.id) },
          replacement: { organizationId, body: item.body },
          upsert: true,
        },
      })),
    )
  }
  return {
    put: (organizationId, collection, id, body) => putMany(organizationId, collection, [{ id, body }]),
    putMany,
    async get<T>(organizationId: string, collection: string, id: string) {
      const found = await open(collection).findOne({ _id: name(organizationId, id) })
      return (found?.body as T | undefined) ?? null
    },
    async getMany<T>(organizationId: string, collection: string, ids: string[]) {
      const names = ids.map(id => name(organizationId, id))
      const found = await open(collection)
        .find({ _id: { $in: names } })
        .toArray()
      return new Map(found.map(({ _id, body }) => [_id.slice(organizationId.length + 1), body as T]))
    },
    async delete(organizationId, collection, ids) {
      await open(collection).deleteMany({ _id: { $in: ids.map(id => name(organizationId, id)) } })
    },
  }
}

/** Its library is loaded when an installation has a MongoDB: reading it takes a process more than reading our own code. */
export async function connectMongo(url: string): Promise<MongoClient> {
  const { MongoClient } = await import('mongodb')
  return new MongoClient(url, { serverSelectionTimeoutMS: 5000, appName: 'azora' })
}
