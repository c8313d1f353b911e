import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

const categories = ['standard', 'zero_rated', 'exempt'] as const

/** How each course that is sold is taxed. */
export function CourseTaxes({ mayEdit }: { mayEdit: boolean }) {
  const t = useTranslations('taxes')
  const say = useToast()
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const list = usePage('course taxes', (cursor, signal) =>
    call('payments.listCourseTaxes', { limit: 50, cursor }, { signal }),
  )
  const save = (courseId: string, wanted: string) => {
    const category = categories.find(one => one === wanted)
    if (!category) return
    void run(async () => {
      await call('payments.setCourseTax', { courseId, category })
      list.replace(one => one.courseId === courseId, {
        ...(list.items.find(one => one.courseId === courseId) ?? { courseId, title: '' }),
        category,
      })
      say(t('courseSaved'))
    })
  }
  return (
    <section className="mt-10 flex flex-col gap-4">
      <div>
        <h2 className="text-lg font-bold">{t('courses')}</h2>
        <p className="text-muted">{t('coursesText')}</p>
      </div>
      <List
        list={list}
        caption={t('courses')}
        rowKey={one => one.courseId}
        columns={[
          { id: 'title', header: t('course'), rowHeader: true, cell: one => one.title },
          {
            id: 'category',
            header: t('category'),
            align: 'end',
            cell: one =>
              mayEdit ? (
                <NativeSelect
                  label={t('categoryOf', { title: one.title })}
                  value={one.category}
                  disabled={pending}
                  onChange={({ target }) => save(one.courseId, target.value)}
                  options={categories.map(id => ({ id, label: t(`category_${id}`) }))}
                />
              ) : (
                t(`category_${one.category}`)
              ),
          },
        ]}
        empty={
          <EmptyList filtered={false} clear={() => {}} icon="book" title={t('noCourses')}>
            {t('noCoursesText')}
          </EmptyList>
        }
      />
    </section>
  )
}
