/** The order of a course: modules with their lessons. Generic, so that titles and the rest travel along. */
export type Arranged<L extends { id: string } = { id: string }> = { id: string; lessons: L[] }

/** The same order with one module moved by so many places; unchanged where there is no room. */
export function moveModule<M>(modules: M[], index: number, by: number): M[] {
  const to = index + by
  const moved = modules[index]
  if (moved === undefined || to < 0 || to >= modules.length) return modules
  const rest = modules.toSpliced(index, 1)
  return rest.toSpliced(to, 0, moved)
}

/** Where dropped lessons go: beside a lesson, or (without one) at the end of the module. */
export type Place = { moduleId: string; beside?: { lessonId: string; position: 'before' | 'after' } }

/** The same order with the named lessons, in their present order, put at a place. */
export function placeLessons<L extends { id: string }, M extends Arranged<L>>(
  modules: M[],
  lessonIds: ReadonlySet<string>,
  place: Place,
): M[] {
  // A lesson dropped beside one that moves too has no place of its own to go by.
  if (place.beside && lessonIds.has(place.beside.lessonId)) return modules
  const moved = modules.flatMap(module => module.lessons.filter(lesson => lessonIds.has(lesson.id)))
  return modules.map(module => {
    const rest = module.lessons.filter(lesson => !lessonIds.has(lesson.id))
    if (module.id !== place.moduleId) return { ...module, lessons: rest }
    const { beside } = place
    const found = beside ? rest.findIndex(lesson => lesson.id === beside.lessonId) : -1
    const at = found < 0 ? rest.length : found + (beside?.position === 'after' ? 1 : 0)
    return { ...module, lessons: rest.toSpliced(at, 0, ...moved) }
  })
}

/** The same order with one lesson a step up or down, over the edge of its module into the next one. */
export function stepLesson<L extends { id: string }, M extends Arranged<L>>(
  modules: M[],
  lessonId: string,
  by: 1 | -1,
): M[] {
  const moduleIndex = modules.findIndex(module => module.lessons.some(lesson => lesson.id === lessonId))
  const module = modules[moduleIndex]
  if (!module) return modules
  const index = module.lessons.findIndex(lesson => lesson.id === lessonId)
  const neighbour = module.lessons[index + by]
  const ids = new Set([lessonId])
  if (neighbour)
    return placeLessons<L, M>(modules, ids, {
      moduleId: module.id,
      beside: { lessonId: neighbour.id, position: by < 0 ? 'before' : 'after' },
    })
  const next = modules[moduleIndex + by]
  if (!next) return modules
  const first = next.lessons[0]
  return placeLessons<L, M>(modules, ids, {
    moduleId: next.id,
    ...(by > 0 && first ? { beside: { lessonId: first.id, position: 'before' as const } } : {}),
  })
}
