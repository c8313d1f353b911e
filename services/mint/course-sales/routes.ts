import type { courseSaleFiles, courseSaleOperations } from '@azora/contracts/mint/course-sales.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Response } from 'express'
import { courseSalesCsv, listCourseSales } from './list-sales.ts'

type Kit = Pick<ServiceKit, 'db'>

/** What courses have sold: each instructor sees their own, those who keep the books all. */
export function courseSaleHandlers({ db }: Kit): Handlers<typeof courseSaleOperations> {
  return {
    listCourseSales(months, context) {
      const { organizationId, userId } = actorOf(context)
      return listCourseSales(db.in(organizationId), userId, months)
    },
    listSchoolSales: (months, context) =>
      listCourseSales(db.in(actorOf(context).organizationId), null, months),
  }
}

export function courseSaleFileHandlers({ db }: Kit): FileHandlers<typeof courseSaleFiles> {
  return {
    async exportCourseSales(months, context, _req, res) {
      const { organizationId, userId } = actorOf(context)
      send(res, await courseSalesCsv(db.in(organizationId), userId, months))
    },
    async exportSchoolSales(months, context, _req, res) {
      send(res, await courseSalesCsv(db.in(actorOf(context).organizationId), null, months))
    },
  }
}

function send(res: Response, csv: string): void {
  res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
  res.setHeader('Content-Disposition', 'attachment; filename="sales.csv"')
  res.setHeader('Cache-Control', 'no-store')
  res.send(csv)
}
