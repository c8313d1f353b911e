import { defineTask } from '@azora/kit/jobs.ts'

/** Send a gift to whom its buyer wants. The job knows no secret: the code is opened with the email. */
export const giftMailTask = defineTask<{
  organizationId: string
  poolId: string
  email: string
  message: string
}>('payments.send_gift')
