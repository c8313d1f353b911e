import assert from 'node:assert/strict'
import { test } from 'node:test'
import amqp from 'amqplib'
import { ensureDebianPackages } from '../setup/debian.ts'
import { startRabbitmq } from './rabbitmq.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

test('RabbitMQ confirms to a quorum queue, which survives a restart, and is gone after stop', async () => {
  await ensureDebianPackages(['rabbitmq-server'], silent)
  const server = await startRabbitmq({ folder: null, log: silent })
  const first = await amqp.connect(server.url)
  first.on('error', () => {}) // the restart below ends it
  const channel = await first.createConfirmChannel()
  channel.on('error', () => {})
  await channel.assertQueue('letters', { durable: true, arguments: { 'x-queue-type': 'quorum' } })
  channel.sendToQueue('letters', Buffer.from('Dear Ada'), { persistent: true })
  await channel.waitForConfirms()
  await server.restart()
  const second = await amqp.connect(server.url)
  const message = await (await second.createChannel()).get('letters')
  assert(message)
  assert.equal(message.content.toString(), 'Dear Ada')
  await second.close()
  await server.stop()
  await assert.rejects(amqp.connect(server.url), /ECONNREFUSED/)
})
