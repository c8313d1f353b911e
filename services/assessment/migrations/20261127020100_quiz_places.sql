-- Copies of what education owns, fed by its events: which lessons show a quiz, and whether learners see them.
create table quiz_places (
  organization_id uuid not null,
  course_id uuid not null,
  quiz_id uuid not null,
  lesson_id uuid not null,
  lesson_title text not null,
  open boolean not null,
  primary key (lesson_id)
);
create index quiz_places_of_quiz on quiz_places (quiz_id);
create index quiz_places_of_course on quiz_places (course_id);

-- How new the copy of a course's places is.
create table course_places (
  organization_id uuid not null,
  course_id uuid primary key,
  revision int not null
);

-- Until when a quiz may not be emptied or deleted, because a lesson that shows it is being published.
alter table quizzes add column held_until timestamptz;

select protect_by_organization('quiz_places');
select protect_by_organization('course_places');
