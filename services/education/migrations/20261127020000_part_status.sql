-- Lessons and modules are drafts, hidden (for teachers only, on purpose), or published. What was there before, learners
-- could see.
alter table modules add column status text not null default 'published' check (status in ('draft', 'hidden', 'published'));
alter table lessons add column status text not null default 'published' check (status in ('draft', 'hidden', 'published'));

-- Whether a lesson's text shows a film, a sound or an embedded page: a video lesson may hold its video there.
alter table lessons add column media boolean not null default false;
update lessons l set media = true from documents d
where d.organization_id = l.organization_id and d.collection = 'lesson_contents' and d.id = l.content_id
  and d.body ->> 'html' ~ '<(video|audio|iframe|object)|data-embed';

-- Counts the changes of where a course shows its quizzes, so that a late event never undoes a newer one.
alter table courses add column places_revision int not null default 0;

-- What learners see, in one place: whatever a learner gets is read from here. The rights and the row-level security are
-- those of the reader.
create view visible_lessons with (security_invoker = true) as
select l.* from lessons l join modules m on m.id = l.module_id
where l.status = 'published' and m.status = 'published';

-- Which files a lesson shows, so that a file that only unpublished lessons show stays with the teachers.
create table file_uses (
  organization_id uuid not null,
  lesson_id uuid not null references lessons on delete cascade,
  file_id uuid not null references files on delete cascade,
  primary key (lesson_id, file_id)
);
create index file_uses_of_file on file_uses (file_id);
select protect_by_organization('file_uses');

insert into file_uses (organization_id, lesson_id, file_id)
select l.organization_id, l.id, f.id from lessons l join files f
  on f.course_id = l.course_id and (f.id = l.file_id or f.id = any(l.attachment_ids))
on conflict do nothing;
insert into file_uses (organization_id, lesson_id, file_id)
select distinct l.organization_id, l.id, f.id
from lessons l
join documents d on d.organization_id = l.organization_id and d.collection = 'lesson_contents' and d.id = l.content_id
cross join lateral regexp_matches(d.body ->> 'html', 'education/files/([0-9a-f-]{36})', 'g') found
join files f on f.id::text = found[1] and f.course_id = l.course_id
on conflict do nothing;

-- The quizzes of what is there already are told to those who keep a copy.
insert into outbox (id, name, organization_id, payload, correlation_id)
select gen_random_uuid(), 'course.quizzes_placed', l.organization_id,
  jsonb_build_object('courseId', l.course_id, 'organizationId', l.organization_id, 'revision', 0,
    'places', jsonb_agg(jsonb_build_object('quizId', l.quiz_id, 'lessonId', l.id, 'lessonTitle', l.title, 'open', true))),
  gen_random_uuid()::text
from lessons l where l.quiz_id is not null group by l.course_id, l.organization_id;
